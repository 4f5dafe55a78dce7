package dev.portolan.compose;

import java.util.Optional;

/** Two words for one thing: {@code scale} and {@code deploy.replicas}, {@code mem_limit} and {@code deploy.resources}. */
final class ServiceLimits {
    private final Section service;
    private final Optional<Section> deploy;
    private final Problems problems;

    ServiceLimits(Section service) {
        this.service = service;
        this.deploy = service.section("deploy");
        this.problems = service.problems();
    }

    void check() {
        scale();
        limit("cpus", "limits", "cpus");
        limit("mem_limit", "limits", "memory");
        limit("mem_reservation", "reservations", "memory");
        limit("pids_limit", "limits", "pids");
    }

    private void scale() {
        Optional<String> scale = service.text("scale");
        Optional<String> replicas = deploy.flatMap(section -> section.text("replicas"));
        if (scale.isPresent() && replicas.isPresent() && !scale.equals(replicas)) {
            problems.error(
                    service.location("scale"),
                    service.path().child("scale"),
                    "differs from deploy.replicas at " + deploy.get().location("replicas"),
                    "keep one of the two");
        }
        negative(scale, service, "scale");
        deploy.ifPresent(section -> negative(replicas, section, "replicas"));
        String asked = scale.or(() -> replicas).orElse("1");
        if (service.has("container_name") && !asked.equals("0") && !asked.equals("1") && !asked.startsWith("-")) {
            problems.error(
                    service.location("container_name"),
                    service.path().child("container_name"),
                    "a name cannot be given to " + asked + " containers",
                    "remove container_name, or ask for one replica");
        }
    }

    private void negative(Optional<String> number, Section section, String key) {
        if (number.filter(text -> text.startsWith("-")).isPresent()) {
            problems.error(
                    section.location(key),
                    section.path().child(key),
                    "\"" + number.get() + "\" is below 0",
                    "write a number from 0 upwards");
        }
    }

    /** Docker Compose refuses two words for the same limit that differ. */
    private void limit(String key, String kind, String deployedKey) {
        Optional<Section> deployed =
                deploy.flatMap(section -> section.section("resources")).flatMap(resources -> resources.section(kind));
        if (deployed.isEmpty() || !service.has(key)) {
            return;
        }
        if (!service.text(key, "0").equals(deployed.get().text(deployedKey, "0"))) {
            problems.error(
                    service.location(key),
                    service.path().child(key),
                    "differs from " + deployedKey + " of deploy.resources at "
                            + deployed.get().location(deployedKey),
                    "keep one of the two");
        }
    }
}
