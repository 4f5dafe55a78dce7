package dev.portolan.compose;

import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.Suggestion;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which services and resources of a project count: by profiles, by names on the command line, and by use. */
final class Selection {

    private Selection() {}

    /** The project with the services that profiles let in. */
    static Mapping ofProfiles(Mapping project, Profiles profiles) {
        return filtered(project, "services", entry -> profiles.letIn(profiles(entry.value())));
    }

    static List<String> profiles(YamlNode service) {
        return service instanceof Mapping mapping
                ? Trees.items(mapping, "profiles").stream().map(Trees::text).toList()
                : List.of();
    }

    /** The profiles that let named services in, beside those that are active. */
    static Profiles activating(Profiles profiles, Mapping project, List<String> names) {
        List<String> more = new ArrayList<>();
        for (Entry entry : Trees.entries(project, "services")) {
            if (names.contains(entry.key()) && !profiles.letIn(profiles(entry.value()))) {
                more.addAll(profiles(entry.value()));
            }
        }
        return profiles.with(more);
    }

    /** The project with some of its services, and those that they depend on. */
    static Mapping ofServices(Mapping project, List<String> names, Problems problems) {
        if (names.isEmpty()) {
            return project;
        }
        Mapping services = new Mapping(Trees.entries(project, "services"), project.location());
        Set<String> wanted = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            String name = open.removeFirst();
            Optional<Mapping> service = Trees.section(services, name);
            if (service.isPresent()) {
                if (wanted.add(name)) {
                    Trees.entries(service.get(), "depends_on").forEach(entry -> open.add(entry.key()));
                }
            } else if (names.contains(name)) {
                problems.add(Problem.error(
                        SourceLocation.wholeFile(project.location().file()),
                        "services",
                        "there is no service \"" + name + "\"",
                        Suggestion.nearest(
                                        name,
                                        services.entries().stream()
                                                .map(Entry::key)
                                                .toList())
                                .map(near -> "did you mean \"" + near + "\"?")
                                .orElse("name one that is there")));
            }
        }
        Mapping selected = filtered(project, "services", entry -> wanted.contains(entry.key()));
        return Trees.atEach(
                selected,
                "services",
                (name, service) -> filtered(service, "depends_on", entry -> wanted.contains(entry.key())));
    }

    /** The project without resources that no service uses. */
    static Mapping ofUsed(Mapping project) {
        Set<String> networks = new HashSet<>();
        Set<String> volumes = new HashSet<>();
        Set<String> secrets = new HashSet<>();
        Set<String> configs = new HashSet<>();
        Set<String> models = new HashSet<>();
        for (Entry entry : Trees.entries(project, "services")) {
            if (!(entry.value() instanceof Mapping service)) {
                continue;
            }
            Trees.entries(service, "networks").forEach(network -> networks.add(network.key()));
            Trees.entries(service, "models").forEach(model -> models.add(model.key()));
            Trees.items(service, "volumes").stream()
                    .filter(volume -> field(volume, "type").equals("volume"))
                    .forEach(volume -> volumes.add(field(volume, "source")));
            Trees.items(service, "secrets").forEach(secret -> secrets.add(field(secret, "source")));
            Trees.items(service, "configs").forEach(config -> configs.add(field(config, "source")));
            Trees.section(service, "build")
                    .ifPresent(build ->
                            Trees.items(build, "secrets").forEach(secret -> secrets.add(field(secret, "source"))));
        }
        Mapping used = project;
        for (Map.Entry<String, Set<String>> names : Map.of(
                        "networks",
                        networks,
                        "volumes",
                        volumes,
                        "secrets",
                        secrets,
                        "configs",
                        configs,
                        "models",
                        models)
                .entrySet()) {
            used = filtered(used, names.getKey(), entry -> names.getValue().contains(entry.key()));
            if (Trees.entries(used, names.getKey()).isEmpty()) {
                used = Trees.without(used, names.getKey());
            }
        }
        return used;
    }

    private interface Filter {
        boolean keeps(Entry entry);
    }

    private static Mapping filtered(Mapping mapping, String key, Filter filter) {
        return Trees.at(
                mapping,
                key,
                value -> value instanceof Mapping inner
                        ? new Mapping(
                                inner.entries().stream().filter(filter::keeps).toList(), inner.location())
                        : value);
    }

    private static String field(YamlNode item, String key) {
        return item instanceof Mapping mapping ? Trees.text(mapping, key).orElse("") : "";
    }
}
