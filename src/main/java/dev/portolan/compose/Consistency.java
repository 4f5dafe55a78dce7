package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.Suggestion;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether what services refer to is there: images, networks, volumes, configs, secrets, models, and each other. */
final class Consistency {
    private final Mapping enabled;
    private final Map<String, YamlNode> services;
    private final Set<String> allServices;
    private final Map<String, Set<String>> resources = new HashMap<>();
    private final Problems problems;

    private Consistency(Mapping enabled, Mapping all, Problems problems) {
        this.enabled = enabled;
        this.services = new HashMap<>();
        Trees.entries(enabled, "services").forEach(entry -> services.put(entry.key(), entry.value()));
        this.allServices = names(all, "services");
        for (String key : List.of("networks", "volumes", "configs", "secrets", "models")) {
            resources.put(key, names(enabled, key));
        }
        this.problems = problems;
    }

    private static Set<String> names(Mapping project, String key) {
        Set<String> names = new LinkedHashSet<>();
        Trees.entries(project, key).forEach(entry -> names.add(entry.key()));
        return names;
    }

    private Set<String> known(String key) {
        return resources.getOrDefault(key, Set.of());
    }

    /**
     * @param enabled the typed project with the services that profiles let in
     * @param all the same with all services
     */
    static void check(Mapping enabled, Mapping all, Problems problems) {
        Consistency consistency = new Consistency(enabled, all, problems);
        Map<String, Section> services = new Section(enabled, KeyPath.ROOT, problems).named("services");
        services.keySet().removeIf(name -> !(consistency.services.get(name) instanceof Mapping));
        services.forEach(consistency::service);
        consistency.secrets();
        DependencyCircles.check(services, problems);
    }

    /** {@code scale} and {@code deploy.replicas} say the same; where only one is written, the other follows it. */
    static Mapping withOneScale(Mapping project) {
        return Trees.atEach(project, "services", (name, service) -> {
            Optional<YamlNode> scale = service.value("scale");
            return scale.isEmpty()
                    ? service
                    : Trees.at(
                            service,
                            "deploy",
                            deploy -> deploy instanceof Mapping mapping
                                    ? Trees.with(mapping, Trees.entry("replicas", scale.get()))
                                    : deploy);
        });
    }

    private void service(String name, Section service) {
        if (!service.has("image")
                && service.section("build").isEmpty()
                && service.section("provider").isEmpty()
                && problems.wrongKeys(service.path()).stream().noneMatch(Consistency::isMistyped)) {
            problems.error(
                    service.location(), service.path(), "it has neither an image nor a build", "add image: or build:");
        }
        service.section("build").ifPresent(build -> build(service, build));
        network(service);
        service.section("healthcheck").ifPresent(Consistency::healthcheck);
        for (Entry entry : Trees.entries(service.mapping(), "depends_on")) {
            dependency(entry, service.path().child("depends_on").child(entry.key()));
        }
        references(service);
        new ServiceLimits(service).check();
        service.section("develop").ifPresent(Consistency::watch);
        mounts(service);
    }

    /** Whether a key was to be image or build. */
    private static boolean isMistyped(String key) {
        return Suggestion.nearest(key, List.of("image", "build")).isPresent();
    }

    private void build(Section service, Section build) {
        if (build.has("dockerfile") && build.has("dockerfile_inline")) {
            problems.error(
                    build.location("dockerfile_inline"),
                    build.path().child("dockerfile_inline"),
                    "dockerfile and dockerfile_inline exclude each other",
                    "keep one of the two");
        }
        for (Entry entry : Trees.entries(build.mapping(), "additional_contexts")) {
            String context = Trees.text(entry.value());
            if (context.startsWith("service:")) {
                String other = context.substring("service:".length());
                KeyPath path = build.path().child("additional_contexts").child(entry.key());
                YamlNode target = services.get(other);
                if (target == null) {
                    missing("service", other, services.keySet(), entry.value().location(), path);
                } else if (!(target instanceof Mapping built)
                        || built.entry("build").isEmpty()) {
                    problems.error(
                            entry.value().location(),
                            path,
                            "the service \"" + other + "\" is not built",
                            "name a service with build:");
                }
            }
        }
        List<String> platforms = build.texts("platforms");
        service.text("platform")
                .filter(platform -> !platforms.isEmpty() && !platforms.contains(platform))
                .ifPresent(platform -> problems.error(
                        build.location("platforms"),
                        build.path().child("platforms"),
                        "the service's platform " + platform + " is not among them",
                        "add it"));
    }

    private void network(Section service) {
        Optional<String> mode = service.text("network_mode");
        List<Entry> networks = Trees.entries(service.mapping(), "networks");
        if (mode.isPresent() && !networks.isEmpty()) {
            problems.error(
                    service.location("network_mode"),
                    service.path().child("network_mode"),
                    "network_mode and networks exclude each other",
                    "remove one of the two");
        }
        Set<String> defined = known("networks");
        for (Entry network : networks) {
            if (!defined.contains(network.key())) {
                missing(
                        "network",
                        network.key(),
                        defined,
                        network.keyLocation(),
                        service.path().child("networks").child(network.key()));
            }
        }
        mode.filter(text -> text.startsWith("service:"))
                .map(text -> text.substring("service:".length()))
                .filter(other -> !services.containsKey(other)
                        && service.section("depends_on")
                                .flatMap(all -> all.mapping().entry(other))
                                .isEmpty())
                .ifPresent(other -> missing(
                        "service",
                        other,
                        allServices,
                        service.location("network_mode"),
                        service.path().child("network_mode")));
    }

    private static void healthcheck(Section healthcheck) {
        List<String> test = healthcheck.texts("test");
        if (!test.isEmpty() && !Set.of("NONE", "CMD", "CMD-SHELL").contains(test.getFirst())) {
            healthcheck
                    .problems()
                    .error(
                            healthcheck.location("test"),
                            healthcheck.path().child("test"),
                            "a test that is a list must begin with NONE, CMD or CMD-SHELL, not \"" + test.getFirst()
                                    + "\"",
                            "write [\"CMD\", \"" + test.getFirst() + "\", ...]");
        }
    }

    private void dependency(Entry entry, KeyPath path) {
        if (services.containsKey(entry.key())) {
            return;
        }
        if (!allServices.contains(entry.key())) {
            missing("service", entry.key(), allServices, entry.keyLocation(), path);
        } else if (new Section((Mapping) entry.value(), path, problems).truth("required", false)) {
            problems.error(
                    entry.keyLocation(),
                    path,
                    "the service \"" + entry.key() + "\" is left out: none of its profiles is active",
                    "activate one of them, or write required: false");
        }
    }

    private void references(Section service) {
        for (Section volume : service.sections("volumes")) {
            volume.text("source")
                    .filter(source -> volume.text("type", "").equals("volume"))
                    .ifPresent(source -> defined("volumes", "volume", source, volume));
        }
        service.sections("configs").forEach(mount -> defined("configs", "config", mount.text("source", ""), mount));
        service.sections("secrets").forEach(mount -> defined("secrets", "secret", mount.text("source", ""), mount));
        service.section("build").stream()
                .flatMap(build -> build.sections("secrets").stream())
                .forEach(mount -> defined("secrets", "secret", mount.text("source", ""), mount));
        Set<String> models = known("models");
        for (Entry entry : Trees.entries(service.mapping(), "models")) {
            if (!models.contains(entry.key())) {
                missing(
                        "model",
                        entry.key(),
                        models,
                        entry.keyLocation(),
                        service.path().child("models").child(entry.key()));
            }
        }
    }

    private void defined(String key, String what, String name, Section mount) {
        Set<String> known = known(key);
        if (!known.contains(name)) {
            missing(what, name, known, mount.location(), mount.path());
        }
    }

    private void missing(String what, String name, Collection<String> known, SourceLocation location, KeyPath path) {
        if (problems.full() || problems.isWrong(KeyPath.of(what + "s"))) {
            return; // to look for the nearest name takes time, and all of them would be missing
        }
        String place = what.equals("service") ? "services" : "the top-level " + what + "s";
        problems.error(
                location,
                path,
                "the " + what + " \"" + name + "\" is not defined",
                Suggestion.nearest(name, known)
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse("add it to " + place));
    }

    private static void watch(Section develop) {
        for (Section watch : develop.sections("watch")) {
            String action = watch.text("action", "");
            if (!watch.has("target") && !action.equals("rebuild") && !action.equals("restart")) {
                watch.problems()
                        .error(
                                watch.location(),
                                watch.path(),
                                "the target is missing",
                                "add target: with a path in the container");
            }
        }
    }

    private void mounts(Section service) {
        Map<String, KeyPath> mounted = new HashMap<>();
        List<YamlNode> tmpfs = service.items("tmpfs");
        for (int index = 0; index < tmpfs.size(); index++) {
            String target = Trees.text(tmpfs.get(index)).split(":", 2)[0];
            claim(
                    target,
                    tmpfs.get(index).location(),
                    service.path().child("tmpfs").child(index),
                    mounted);
        }
        for (Section volume : service.sections("volumes")) {
            claim(volume.text("target", ""), volume.location(), volume.path(), mounted);
        }
    }

    private void claim(String target, SourceLocation location, KeyPath path, Map<String, KeyPath> mounted) {
        KeyPath before = mounted.putIfAbsent(target, path);
        if (before != null) {
            problems.error(location, path, target + " is mounted already by " + before, "remove one of the two");
        }
    }

    private void secrets() {
        new Section(enabled, KeyPath.ROOT, problems).named("secrets").forEach((name, secret) -> {
            if (!secret.truth("external", false) && !secret.has("file") && !secret.has("environment")) {
                problems.error(secret.location(), secret.path(), "it has no content", "add file or environment");
            }
        });
    }

    /** @param wanted the typed project with the services that are asked for */
    static void checkContainerNames(Mapping wanted, Problems problems) {
        Map<String, String> serviceByName = new HashMap<>();
        for (Entry service : Trees.entries(wanted, "services")) {
            if (service.value() instanceof Mapping mapping) {
                mapping.entry("container_name")
                        .ifPresent(entry -> checkContainerName(service.key(), entry, serviceByName, problems));
            }
        }
    }

    private static void checkContainerName(
            String service, Entry entry, Map<String, String> serviceByName, Problems problems) {
        String name = Trees.text(entry.value());
        String before = serviceByName.putIfAbsent(name, service);
        if (before != null) {
            problems.error(
                    entry.keyLocation(),
                    KeyPath.of("services").child(service).child("container_name"),
                    "\"" + name + "\" is the name of a container of " + before + " already",
                    "give it another name");
        }
    }
}
