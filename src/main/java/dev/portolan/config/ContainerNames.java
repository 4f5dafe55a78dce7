package dev.portolan.config;

import dev.portolan.compose.ComposeService;
import dev.portolan.config.PortolanFile.RegionEntry;
import java.util.List;
import java.util.Optional;

/**
 * What {@code container_name} is in one region: the name itself, or, where regions share this machine's engine, the name and
 * the region, since no two containers of an engine have the same.
 */
final class ContainerNames {
    private final Optional<String> suffix;
    private final boolean speaks;
    private final List<String> sharing;
    private final Problems problems;

    ContainerNames(RegionEntry region, List<RegionEntry> regions, Problems problems) {
        this.sharing = regions.stream()
                .filter(RegionEntry::local)
                .map(entry -> entry.name().value())
                .toList();
        this.suffix = region.local() && sharing.size() > 1
                ? Optional.of("-" + region.name().value())
                : Optional.empty();
        this.speaks = sharing.size() > 1 && region.name().value().equals(sharing.get(1)); // once for all of them
        this.problems = problems;
    }

    Optional<String> of(ComposeService service) {
        if (speaks) {
            service.containerName().ifPresent(name -> say(service, name));
        }
        return service.containerName().map(name -> name + suffix.orElse(""));
    }

    private void say(ComposeService service, String name) {
        problems.warning(
                service.location("container_name"),
                "services/" + service.name() + "/container_name",
                SharedEngine.cannotShare(sharing.get(0), sharing.get(1)) + "the name \"" + name
                        + "\": the container is called " + name + "-" + sharing.get(0) + " in " + sharing.get(0)
                        + ", and so on",
                "nothing needs to be done; a region alone on its machine has the name as it is");
    }
}
