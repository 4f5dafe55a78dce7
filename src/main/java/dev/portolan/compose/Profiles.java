package dev.portolan.compose;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The chapter "Profiles": which services are let in. */
final class Profiles {
    private static final String ALL = "*";
    private static final String VARIABLE = "COMPOSE_PROFILES";

    private final Set<String> active;

    private Profiles(Set<String> active) {
        this.active = active;
    }

    /** The given profiles, or those of {@code COMPOSE_PROFILES}. */
    static Profiles of(Set<String> given, Variables variables) {
        Set<String> active = new HashSet<>(given);
        if (active.isEmpty()) {
            Arrays.stream(variables.value(VARIABLE).orElse("").split(",", -1))
                    .map(String::strip)
                    .forEach(active::add);
        }
        return new Profiles(active);
    }

    Profiles with(Collection<String> more) {
        Set<String> all = new HashSet<>(active);
        all.addAll(more);
        return new Profiles(all);
    }

    boolean letIn(List<String> profilesOfService) {
        return profilesOfService.isEmpty()
                || active.contains(ALL)
                || profilesOfService.stream().anyMatch(active::contains);
    }
}
