package dev.portolan.config;

import dev.portolan.config.PortolanFile.RegionEntry;
import dev.portolan.config.PortolanFile.RouteEntry;
import dev.portolan.config.PortolanFile.TrafficEntry;
import dev.portolan.model.RolloutSettings;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads portolan.yml. The JSON Schema in {@code portolan.schema.json} says the same; a test compares the two. */
final class PortolanFileReader {
    /** Names of apps and regions: they become part of the names of containers, networks and volumes. */
    static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    static final String NAME_RULE = "lower-case letters, digits and hyphens, at most 40";

    private static final List<String> KEYS =
            List.of("app", "primary", "routes", "regions", "env", "rollout", "traffic", "release", "secrets");
    private static final Map<String, String> LATER =
            Map.of("logs", "remove it; until then \"logging\" in compose.yaml says where logs go");
    private static final List<String> ROLLOUT_KEYS =
            List.of("max_parallel", "monitor", "keep", "drain", "healthy", "retain");
    private static final Map<String, String> ROLLOUT_LATER =
            Map.of("canary", "remove it; until then each region goes over as a whole and is watched for \"monitor\"");
    private static final List<String> TRAFFIC_KEYS = List.of("provider", "port");
    private static final Map<String, String> TRAFFIC_LATER = Map.of(
            "zone", "remove it; it belongs to \"provider: cloudflare\"",
            "steering", "remove it; readers are steered to the nearest region");

    private final Problems problems;

    PortolanFileReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads as far as it goes: what is wrong is left out or has its default, and is among the problems.
     *
     * @param file as the person would type it
     */
    PortolanFile read(String file, String text) {
        var reading = YamlReader.read(file, text);
        problems.add(reading.problems());
        YamlNode root = reading.root().orElseGet(() -> new YamlNode.Mapping(List.of(), SourceLocation.wholeFile(file)));
        if (reading.documents().size() > 1) {
            problems.error(
                    reading.documents().get(1).location(), "", "a second document", "keep everything in the first one");
        }
        boolean unreadable = reading.root().isEmpty() && !reading.problems().isEmpty();
        Optional<Section> section = new Section(new YamlNode.Mapping(List.of(), root.location()), "", problems)
                .section(root, "", "\"app: shop\"");
        return section.filter(found -> !unreadable)
                .map(this::readRoot)
                .orElseGet(() -> new PortolanFile(
                        new Located<>("app", root.location(), "app"),
                        "",
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        RolloutSettings.DEFAULT,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
    }

    private PortolanFile readRoot(Section root) {
        root.allow(KEYS, LATER);
        root.require("app", "write for example \"app: shop\"");
        Located<String> app = root.matching("app", NAME, NAME_RULE, "\"app: shop\"")
                .orElseGet(() -> new Located<>("app", root.location(), "app"));
        root.require("regions", "write for example \"regions: { dublin: { hosts: [local] } }\"");
        List<RegionEntry> regions = root.section("regions", "\"regions: { dublin: { hosts: [local] } }\"")
                .map(section -> new RegionsReader(problems).read(section))
                .orElse(List.of());
        return new PortolanFile(
                app,
                primary(root, regions),
                routes(root),
                regions,
                root.variables("env"),
                rollout(root),
                traffic(root),
                root.section("release", ReleaseReader.EXAMPLE)
                        .flatMap(section -> new ReleaseReader(problems).read(section)),
                new StoresReader(problems).read(root));
    }

    private String primary(Section root, List<RegionEntry> regions) {
        List<String> names = regionNames(root);
        String first = regions.isEmpty() ? "" : regions.getFirst().name().value();
        if (root.value("primary").isEmpty()) {
            if (names.size() > 1) {
                root.require(
                        "primary", "say which region is deployed last, such as \"primary: " + names.getFirst() + "\"");
            }
            return first;
        }
        Optional<Located<String>> primary = root.text("primary", "\"primary: dublin\"");
        if (primary.isPresent()
                && !names.isEmpty()
                && !names.contains(primary.get().value())) {
            problems.error(
                    primary.get(),
                    "there is no region \"" + primary.get().value() + "\"",
                    Problems.didYouMean(primary.get().value(), names, "the regions are " + String.join(", ", names)));
        }
        return primary.map(Located::value).orElse(first);
    }

    /** Of all regions that the file names, also those that are not as they should be. */
    private static List<String> regionNames(Section root) {
        return root.value("regions").orElse(null) instanceof YamlNode.Mapping mapping
                ? mapping.entries().stream().map(YamlNode.Entry::key).toList()
                : List.of();
    }

    private Optional<Located<List<RouteEntry>>> routes(Section root) {
        Optional<YamlNode> node = root.value("routes");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        List<RouteEntry> routes = new ArrayList<>();
        String example = "\"routes: [ { service: web, port: 3000, health: /heartbeat } ]\"";
        if (node.get() instanceof YamlNode.Sequence sequence) {
            RouteReader reader = new RouteReader(problems);
            for (int index = 0; index < sequence.items().size(); index++) {
                root.section(sequence.items().get(index), "routes/" + index, example)
                        .flatMap(reader::read)
                        .ifPresent(routes::add);
            }
        } else {
            problems.error(
                    node.get().location(),
                    "routes",
                    "must be a list, but is " + node.get().kind(),
                    "write for example " + example);
        }
        return Optional.of(new Located<>(routes, node.get().location(), "routes"));
    }

    private static RolloutSettings rollout(Section root) {
        RolloutSettings defaults = RolloutSettings.DEFAULT;
        return root.section("rollout", "\"rollout: { monitor: 10s }\"")
                .map(section -> {
                    section.allow(ROLLOUT_KEYS, ROLLOUT_LATER);
                    return new RolloutSettings(
                            section.whole("max_parallel", 1, Integer.MAX_VALUE, 4)
                                    .map(Located::value)
                                    .orElse(defaults.maxParallel()),
                            section.duration("monitor", Duration.ZERO).orElse(defaults.monitor()),
                            section.duration("keep", Duration.ZERO).orElse(defaults.keep()),
                            section.duration("drain", Duration.ZERO).orElse(defaults.drain()),
                            section.duration("healthy", Duration.ofSeconds(1)).orElse(defaults.healthy()),
                            section.whole("retain", 1, 1000, 5).map(Located::value),
                            false);
                })
                .orElse(defaults);
    }

    private Optional<TrafficEntry> traffic(Section root) {
        String example = "\"traffic: { provider: edge, port: 8080 }\"";
        return root.section("traffic", example).flatMap(section -> {
            section.allow(TRAFFIC_KEYS, TRAFFIC_LATER);
            if (section.entries().isEmpty()) {
                return Optional.empty();
            }
            section.require("provider", "write for example " + example);
            Optional<Located<Integer>> port = section.whole("port", 1, 65535, 8080);
            return section.text("provider", example).flatMap(this::provider).map(provider -> {
                if (provider == TrafficEntry.Provider.NONE) {
                    port.ifPresent(found -> problems.error(
                            found, "\"provider: none\" has no port", "remove it, or write \"provider: edge\""));
                }
                return new TrafficEntry(provider, port, section.location());
            });
        });
    }

    private Optional<TrafficEntry.Provider> provider(Located<String> word) {
        return switch (word.value()) {
            case "edge" -> Optional.of(TrafficEntry.Provider.EDGE);
            case "none" -> Optional.of(TrafficEntry.Provider.NONE);
            case "cloudflare" -> {
                problems.error(
                        word,
                        "\"cloudflare\" is not supported by this version yet",
                        "write \"provider: edge\" for regions on this machine, or \"provider: none\"");
                yield Optional.empty();
            }
            default -> {
                problems.error(
                        word,
                        "unknown provider \"" + word.value() + "\"",
                        Problems.didYouMean(word.value(), List.of("edge", "none"), "the providers are edge and none"));
                yield Optional.empty();
            }
        };
    }
}
