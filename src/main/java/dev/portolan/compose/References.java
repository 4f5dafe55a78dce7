package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.Suggestion;
import dev.portolan.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether what services refer to is there: images, networks, volumes, configs, secrets, and other services without a cycle. */
final class References {
    private final Map<String, ComposeService> services;
    private final Section root;
    private final Problems problems;

    private References(Map<String, ComposeService> services, Section root) {
        this.services = services;
        this.root = root;
        this.problems = root.problems();
    }

    /**
     * @param services those that are let in
     * @param root of the merged files
     */
    static void check(Map<String, ComposeService> services, Section root) {
        References references = new References(services, root);
        for (ComposeService service : services.values()) {
            references.service(service, KeyPath.of("services").child(service.name()));
        }
        references.containerNames();
        references.cycles();
    }

    private void service(ComposeService service, KeyPath path) {
        Section written = root.named("services").getOrDefault(service.name(), root);
        boolean isMapping = Trees.find(root.mapping(), path).orElse(root.mapping()) instanceof Mapping;
        if (isMapping
                && !written.has("image")
                && !written.has("build")
                && !written.has("provider")
                && !written.has("extends")) {
            problems.error(service.location(), path, "it has neither an image nor a build", "add image: or build:");
        }
        if (service.replicas() > 1 && service.containerName().isPresent()) {
            problems.error(
                    service.location("container_name"),
                    path.child("container_name"),
                    "a name cannot be given to " + service.replicas() + " containers",
                    "remove container_name, or ask for one replica");
        }
        service.networking().networks().forEach((name, network) -> {
            if (!name.equals(ComposeProject.DEFAULT_NETWORK)) {
                defined(
                        "networks",
                        "network",
                        name,
                        network.location(),
                        path.child("networks").child(name));
            }
        });
        List<ServiceVolume> volumes = service.storage().volumes();
        for (int index = 0; index < volumes.size(); index++) {
            ServiceVolume volume = volumes.get(index);
            if (volume.type() == ServiceVolume.Type.VOLUME && !volume.source().isEmpty()) {
                defined(
                        "volumes",
                        "volume",
                        volume.source(),
                        volume.location(),
                        path.child("volumes").child(index));
            }
        }
        files("configs", "config", service.storage().configs(), path);
        files("secrets", "secret", service.storage().secrets(), path);
        service.dependsOn()
                .forEach((name, dependency) ->
                        dependency(name, dependency, path.child("depends_on").child(name)));
    }

    private void containerNames() {
        Map<String, String> serviceByName = new HashMap<>();
        for (ComposeService service : services.values()) {
            service.containerName().ifPresent(name -> {
                String before = serviceByName.putIfAbsent(name, service.name());
                if (before != null) {
                    problems.error(
                            service.location("container_name"),
                            KeyPath.of("services").child(service.name()).child("container_name"),
                            "\"" + name + "\" is the name of a container of " + before + " already",
                            "give it another name");
                }
            });
        }
    }

    private void files(String key, String what, List<FileMount> mounts, KeyPath path) {
        for (int index = 0; index < mounts.size(); index++) {
            FileMount mount = mounts.get(index);
            defined(key, what, mount.source(), mount.location(), path.child(key).child(index));
        }
    }

    private void defined(String key, String what, String name, SourceLocation location, KeyPath path) {
        Set<String> known = root.named(key).keySet();
        if (!known.contains(name)) {
            problems.error(
                    location,
                    path,
                    "the " + what + " \"" + name + "\" is not defined",
                    remedy(name, known, "add it to the top-level " + key));
        }
    }

    private void dependency(String name, ServiceDependency dependency, KeyPath path) {
        Set<String> known = root.named("services").keySet();
        if (!known.contains(name)) {
            problems.error(
                    dependency.location(),
                    path,
                    "the service \"" + name + "\" is not defined",
                    remedy(name, known, "add it to services"));
        } else if (!services.containsKey(name) && dependency.required()) {
            problems.error(
                    dependency.location(),
                    path,
                    "the service \"" + name + "\" is left out: none of its profiles is active",
                    "activate one of them, or write required: false");
        }
    }

    private static String remedy(String name, Collection<String> known, String otherwise) {
        Optional<String> near = Suggestion.nearest(name, known);
        return near.map(word -> "did you mean \"" + word + "\"?").orElse(otherwise);
    }

    private void cycles() {
        Set<String> done = new HashSet<>();
        for (String name : services.keySet()) {
            follow(name, new ArrayList<>(), done);
        }
    }

    /** Follows each service once, so that time is bounded by the number of dependencies. */
    private void follow(String name, List<String> way, Set<String> done) {
        ComposeService service = services.get(name);
        if (service == null) {
            return;
        }
        int start = way.indexOf(name);
        if (start >= 0) {
            List<String> cycle = new ArrayList<>(way.subList(start, way.size()));
            cycle.add(name);
            ComposeService last = services.getOrDefault(way.getLast(), service);
            ServiceDependency dependency = last.dependsOn().get(name);
            problems.error(
                    dependency == null ? last.location() : dependency.location(),
                    KeyPath.of("services")
                            .child(last.name())
                            .child("depends_on")
                            .child(name),
                    "services wait for each other: " + String.join(" -> ", cycle),
                    "remove one of these dependencies");
            return;
        }
        if (done.contains(name)) {
            return;
        }
        way.add(name);
        service.dependsOn().keySet().forEach(next -> follow(next, way, done));
        way.removeLast();
        done.add(name);
    }
}
