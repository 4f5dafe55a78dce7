package dev.portolan.compose;

import dev.portolan.compose.ComposeService.Resources;
import dev.portolan.compose.ComposeService.Ulimit;
import dev.portolan.model.BlockDevices;
import dev.portolan.model.MemoryPressure;
import dev.portolan.model.Processors;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The limits of a service: those of {@code deploy.resources}, else those of {@code mem_limit}, {@code cpus} and so on. */
final class ResourcesReader {
    private static final float NANO = 1e9f;
    private static final Processors ALL = new Processors(0, 0, 0, 0, 0, "", 0, 0);
    private static final MemoryPressure USUAL = new MemoryPressure(0, 0, false, 0);

    private ResourcesReader() {}

    static Resources read(Section service) {
        Optional<Section> resources = service.section("deploy").flatMap(deploy -> deploy.section("resources"));
        Section limits = resources.flatMap(section -> section.section("limits")).orElseGet(() -> nothing(service));
        Section reservations =
                resources.flatMap(section -> section.section("reservations")).orElseGet(() -> nothing(service));
        long memory = service.bytes("mem_limit");
        long reservation = service.bytes("mem_reservation");
        long processes = service.whole("pids_limit", -1, Long.MAX_VALUE).orElse(0);
        long memoryLimit = limits.bytes("memory");
        long processLimit = limits.whole("pids", -1, Long.MAX_VALUE).orElse(0);
        long reserved = reservations.bytes("memory");
        long limited = nanoCpus(limits);
        return new Resources(
                memoryLimit != 0 ? memoryLimit : memory,
                reserved != 0 ? reserved : reservation,
                limited != 0 ? limited : nanoCpus(service),
                processLimit > 0 ? processLimit : processes,
                service.bytes("shm_size"),
                ulimits(service),
                service.options("sysctls"),
                Optional.of(processors(service)).filter(said -> !said.equals(ALL)),
                Optional.of(pressure(service)).filter(said -> !said.equals(USUAL)),
                service.section("blkio_config").map(ResourcesReader::blockDevices),
                service.text("cgroup_parent"));
    }

    /** With as many digits as Docker Compose keeps. */
    private static long nanoCpus(Section section) {
        return (long) (section.fraction("cpus").orElse(0.0).floatValue() * NANO);
    }

    private static Processors processors(Section service) {
        return new Processors(
                anyNumber(service, "cpu_shares"),
                anyNumber(service, "cpu_period"),
                anyNumber(service, "cpu_quota"),
                anyNumber(service, "cpu_rt_period"),
                anyNumber(service, "cpu_rt_runtime"),
                service.text("cpuset", ""),
                anyNumber(service, "cpu_count"),
                (long) (service.fraction("cpu_percent").orElse(0.0).floatValue() * 100));
    }

    private static long anyNumber(Section service, String key) {
        return service.whole(key, Long.MIN_VALUE, Long.MAX_VALUE).orElse(0);
    }

    private static MemoryPressure pressure(Section service) {
        return new MemoryPressure(
                service.bytes("memswap_limit"),
                service.bytes("mem_swappiness"),
                service.truth("oom_kill_disable", false),
                (int) service.whole("oom_score_adj", -1000, 1000).orElse(0));
    }

    private static BlockDevices blockDevices(Section config) {
        return new BlockDevices(
                (int) config.whole("weight", 0, 65535).orElse(0),
                config.sections("weight_device").stream()
                        .map(device -> new BlockDevices.Weight(device.text("path", ""), (int)
                                device.whole("weight", 0, 65535).orElse(0)))
                        .toList(),
                rates(config, "device_read_bps"),
                rates(config, "device_read_iops"),
                rates(config, "device_write_bps"),
                rates(config, "device_write_iops"));
    }

    private static List<BlockDevices.Rate> rates(Section config, String key) {
        return config.sections(key).stream()
                .map(device -> new BlockDevices.Rate(device.text("path", ""), device.bytes("rate")))
                .toList();
    }

    private static Section nothing(Section service) {
        return new Section(new Mapping(List.of(), service.location()), service.path(), service.problems());
    }

    /** @param service or its build */
    static Map<String, Ulimit> ulimits(Section service) {
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
