package dev.portolan.compose;

import dev.portolan.compose.ComposeService.Resources;
import dev.portolan.compose.ComposeService.Ulimit;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The limits of a service: those of {@code deploy.resources}, else those of {@code mem_limit}, {@code cpus} and so on. */
final class ResourcesReader {
    private static final double NANO = 1e9;

    private ResourcesReader() {}

    static Resources read(Section service) {
        Optional<Section> resources = service.section("deploy").flatMap(deploy -> deploy.section("resources"));
        Section limits = resources.flatMap(section -> section.section("limits")).orElseGet(() -> nothing(service));
        Section reservations =
                resources.flatMap(section -> section.section("reservations")).orElseGet(() -> nothing(service));
        long memory = service.bytes("mem_limit");
        long reservation = service.bytes("mem_reservation");
        double processors = service.fraction("cpus").orElse(0.0);
        long processes = service.whole("pids_limit", -1, Long.MAX_VALUE).orElse(0);
        long memoryLimit = limits.bytes("memory");
        double processorLimit = limits.fraction("cpus").orElse(0.0);
        long processLimit = limits.whole("pids", -1, Long.MAX_VALUE).orElse(0);
        long reserved = reservations.bytes("memory");
        return new Resources(
                memoryLimit != 0 ? memoryLimit : memory,
                reserved != 0 ? reserved : reservation,
                Math.round((processorLimit != 0 ? processorLimit : processors) * NANO),
                processLimit != 0 ? processLimit : processes,
                service.bytes("shm_size"),
                ulimits(service),
                service.options("sysctls"));
    }

    private static Section nothing(Section service) {
        return new Section(new Mapping(List.of(), service.location()), service.path(), service.problems());
    }

    private static Map<String, Ulimit> ulimits(Section service) {
        Map<String, Ulimit> ulimits = new LinkedHashMap<>();
        service.section("ulimits").ifPresent(section -> {
            for (Entry entry : section.mapping().entries()) {
                if (entry.value() instanceof Mapping both) {
                    Section pair = new Section(both, section.path().child(entry.key()), section.problems());
                    ulimits.put(
                            entry.key(),
                            new Ulimit(
                                    limit(pair, "soft").orElse(0),
                                    limit(pair, "hard").orElse(0)));
                } else {
                    limit(section, entry.key()).ifPresent(limit -> ulimits.put(entry.key(), new Ulimit(limit, limit)));
                }
            }
        });
        return ulimits;
    }

    private static OptionalLong limit(Section section, String key) {
        return section.whole(key, -1, Long.MAX_VALUE);
    }
}
