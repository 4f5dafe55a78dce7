package dev.portolan.config;

import dev.portolan.config.PortolanFile.RegionEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The variables of portolan.yml. For the Compose files of a region they are what the shell's are for Docker Compose, and
 * nothing more: a container has one only where those files say so.
 */
final class RegionVariables {
    private static final String APP = "PORTOLAN_APP";
    private static final String REGION = "PORTOLAN_REGION";

    private final PortolanFile file;
    private final Map<String, String> shell;

    /** @param shell variables of the command line */
    RegionVariables(PortolanFile file, Map<String, String> shell) {
        this.file = file;
        this.shell = shell;
    }

    /** The region's over the app's over the shell's, so that no shell changes what a region is. */
    Map<String, String> of(RegionEntry region) {
        Map<String, String> variables = new HashMap<>(shell);
        file.env().forEach((name, value) -> variables.put(name, value.value()));
        region.env().forEach((name, value) -> variables.put(name, value.value()));
        variables.put(APP, file.app().value());
        variables.put(REGION, region.name().value());
        return variables;
    }

    /**
     * Finds those that reach no container.
     *
     * @param asked for each region, by its name, the variables that its Compose files ask for
     */
    void check(Map<String, Set<String>> asked, Problems problems) {
        Set<String> askedSomewhere = new TreeSet<>();
        Set<String> wantingSomewhere = new TreeSet<>();
        for (RegionEntry region : file.regions()) {
            Set<String> here = asked.getOrDefault(region.name().value(), Set.of());
            Set<String> wanting = new TreeSet<>(here); // a mistyped name was to be one that is not set there already
            wanting.removeAll(Set.of(APP, REGION));
            wanting.removeAll(region.env().keySet());
            check(region.env(), here, wanting, "nothing in the Compose files of this region uses it", problems);
            askedSomewhere.addAll(here);
            wantingSomewhere.addAll(wanting);
        }
        wantingSomewhere.removeAll(file.env().keySet());
        check(file.env(), askedSomewhere, wantingSomewhere, "nothing in the Compose files uses it", problems);
    }

    private static void check(
            Map<String, Located<String>> variables,
            Set<String> asked,
            Set<String> wanting,
            String message,
            Problems problems) {
        variables.forEach((name, value) -> {
            if (!asked.contains(name)) {
                String otherwise = "add it to the environment of the service that reads it, such as \"environment: ["
                        + name + "]\"";
                problems.warning(value, message, Problems.didYouMean(name, wanting, otherwise));
            }
        });
    }
}
