package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes out what merged files imply: the default network, dependencies, the names of resources, values of variables. */
final class Normalisation {
    private static final String SERVICE = "service:";
    private static final String CONTAINER = "container:";

    private final String project;
    private final Variables variables;

    private Normalisation(String project, Variables variables) {
        this.project = project;
        this.variables = variables;
    }

    /** @param project its name */
    static Mapping of(Mapping root, String project, Variables variables) {
        return new Normalisation(project, variables).root(root);
    }

    private Mapping root(Mapping root) {
        Mapping normal = Trees.atEach(root, "services", (name, service) -> service(service));
        boolean usesDefault = Trees.entries(normal, "services").stream()
                .map(Entry::value)
                .anyMatch(service -> service instanceof Mapping mapping
                        && mapping.entry("provider").isEmpty()
                        && mapping.entry("network_mode").isEmpty()
                        && mapping.value("networks").orElse(mapping) instanceof Mapping networks
                        && networks.entry(ComposeProject.DEFAULT_NETWORK).isPresent());
        if (usesDefault) {
            SourceLocation first = Trees.entries(normal, "services").getFirst().keyLocation();
            normal = withDefaultNetwork(normal, first);
        }
        for (String resources : List.of("networks", "volumes", "configs", "secrets")) {
            normal = named(normal, resources);
        }
        return normal;
    }

    private static Mapping withDefaultNetwork(Mapping root, SourceLocation location) {
        YamlNode networks = root.value("networks").orElse(new Mapping(List.of(), location));
        if (!(networks instanceof Mapping mapping)
                || mapping.entry(ComposeProject.DEFAULT_NETWORK).isPresent()) {
            return root;
        }
        Entry added = new Entry(ComposeProject.DEFAULT_NETWORK, location, Trees.nothing(location));
        return Trees.with(root, new Entry("networks", location, Trees.with(mapping, added)));
    }

    private Mapping service(Mapping service) {
        Mapping normal = withNetworks(service);
        normal = Trees.at(
                normal,
                "pull_policy",
                policy -> Trees.text(policy).equals("if_not_present")
                        ? Scalar.string("missing", policy.location())
                        : policy);
        normal = Trees.at(normal, "build", build -> build instanceof Mapping mapping ? build(mapping) : build);
        normal = Trees.at(normal, "environment", pairs -> filledIn(pairs, true));
        normal = Trees.at(
                normal,
                "volumes",
                volumes -> volumes instanceof Sequence sequence
                        ? Trees.eachItem(sequence, Normalisation::mount)
                        : volumes);
        return withDependencies(normal);
    }

    private static Mapping withNetworks(Mapping service) {
        boolean none = service.value("networks")
                .map(networks ->
                        networks instanceof Mapping mapping && mapping.entries().isEmpty())
                .orElse(true);
        if (!none
                || service.entry("provider").isPresent()
                || service.entry("network_mode").isPresent()) {
            return service;
        }
        SourceLocation location = service.location();
        return Trees.with(
                service,
                Trees.entry(
                        "networks",
                        Trees.mapping(location, Trees.entry(ComposeProject.DEFAULT_NETWORK, Trees.nothing(location)))));
    }

    private Mapping build(Mapping build) {
        Mapping normal = build;
        if (isAbsent(normal, "context")) {
            normal = Trees.with(normal, Trees.entry("context", Scalar.string(".", build.location())));
        }
        if (isAbsent(normal, "dockerfile") && isAbsent(normal, "dockerfile_inline")) {
            normal = Trees.with(normal, Trees.entry("dockerfile", Scalar.string("Dockerfile", build.location())));
        }
        return Trees.at(normal, "args", args -> filledIn(args, false));
    }

    private static boolean isAbsent(Mapping mapping, String key) {
        return mapping.value(key).map(YamlNode::isNothing).orElse(true);
    }

    /** @param keepsEmpty whether names that have no value stay */
    private YamlNode filledIn(YamlNode pairs, boolean keepsEmpty) {
        return switch (pairs) {
            case Mapping mapping -> {
                List<Entry> entries = new ArrayList<>();
                for (Entry entry : mapping.entries()) {
                    Optional<String> value =
                            entry.value().isNothing() ? variables.value(entry.key()) : Optional.empty();
                    if (value.isPresent()) {
                        entries.add(Trees.withValue(
                                entry, Scalar.string(value.get(), entry.value().location())));
                    } else if (!entry.value().isNothing() || keepsEmpty) {
                        entries.add(entry);
                    }
                }
                yield new Mapping(entries, mapping.location());
            }
            case Sequence sequence -> {
                List<YamlNode> items = new ArrayList<>();
                for (YamlNode item : sequence.items()) {
                    String name = Trees.text(item);
                    Optional<String> value = name.contains("=") ? Optional.empty() : variables.value(name);
                    if (value.isPresent()) {
                        items.add(Scalar.string(name + "=" + value.get(), item.location()));
                    } else if (name.contains("=") || keepsEmpty) {
                        items.add(item);
                    }
                }
                yield new Sequence(items, sequence.location());
            }
            case Scalar scalar -> scalar;
        };
    }

    private static YamlNode mount(YamlNode mount) {
        return mount instanceof Mapping mapping
                ? Trees.at(
                        mapping,
                        "target",
                        target -> Scalar.string(PathText.cleaned(Trees.text(target)), target.location()))
                : mount;
    }

    private static Mapping withDependencies(Mapping service) {
        Map<String, Entry> implied = new LinkedHashMap<>();
        for (YamlNode link : Trees.items(service, "links")) {
            String[] parts = Trees.text(link).split(":", -1);
            imply(parts.length == 2 ? parts[0] : Trees.text(link), true, link.location(), implied);
        }
        for (String namespace : List.of("network_mode", "ipc", "pid", "uts", "cgroup")) {
            service.value(namespace)
                    .filter(mode -> Trees.text(mode).startsWith(SERVICE))
                    .ifPresent(mode ->
                            imply(Trees.text(mode).substring(SERVICE.length()), true, mode.location(), implied));
        }
        for (YamlNode from : Trees.items(service, "volumes_from")) {
            if (!Trees.text(from).startsWith(CONTAINER)) {
                imply(Trees.text(from).split(":", -1)[0], false, from.location(), implied);
            }
        }
        if (implied.isEmpty()) {
            return service;
        }
        YamlNode written = service.value("depends_on").orElse(new Mapping(List.of(), service.location()));
        if (!(written instanceof Mapping dependencies)) {
            return service;
        }
        Entry[] added = implied.values().stream()
                .filter(entry -> dependencies.entry(entry.key()).isEmpty())
                .toArray(Entry[]::new);
        return Trees.with(service, Trees.entry("depends_on", Trees.with(dependencies, added)));
    }

    private static void imply(String name, boolean restart, SourceLocation location, Map<String, Entry> implied) {
        implied.putIfAbsent(
                name,
                Trees.entry(
                        name,
                        Trees.mapping(
                                location,
                                Trees.entry("condition", Scalar.string("service_started", location)),
                                Trees.entry("restart", Trees.truth(restart, location)),
                                Trees.entry("required", Trees.truth(true, location)))));
    }

    private Mapping named(Mapping root, String resources) {
        return Trees.at(
                root, resources, value -> value instanceof Mapping mapping ? Trees.each(mapping, this::named) : value);
    }

    private Entry named(Entry entry) {
        Mapping resource = entry.value() instanceof Mapping mapping
                ? mapping
                : new Mapping(List.of(), entry.value().location());
        if (!isAbsent(resource, "name")) {
            return Trees.withValue(entry, resource);
        }
        String external = resource.value("external").map(Trees::text).orElse("");
        boolean isExternal = external.matches("1|t|T|TRUE|true|True");
        String name = isExternal ? entry.key() : project + "_" + entry.key();
        return Trees.withValue(
                entry, Trees.with(resource, Trees.entry("name", Scalar.string(name, entry.keyLocation()))));
    }
}
