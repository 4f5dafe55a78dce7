package dev.portolan.compose;

import dev.portolan.compose.ComposeService.Logging;
import dev.portolan.compose.ComposeService.ProcessSettings;
import dev.portolan.compose.ComposeService.PullPolicy;
import dev.portolan.compose.ComposeService.Restart;
import dev.portolan.model.EngineSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The chapter "Services": one entry of {@code services}. */
final class ServiceReader {
    private static final Set<String> RESTARTS = Set.of("no", "always", "on-failure", "unless-stopped");

    private final Folder folder;

    ServiceReader(Folder folder) {
        this.folder = folder;
    }

    ComposeService read(String name, Section service) {
        Optional<Deploy> deploy = DeployReader.read(service);
        return new ComposeService(
                name,
                service.text("image"),
                service.section("build").flatMap(build -> new BuildReader(folder).read(build)),
                service.text("platform"),
                pullPolicy(service),
                process(service),
                NetworkingReader.read(service),
                new StorageReader(folder).read(service),
                ResourcesReader.read(service),
                SecurityReader.read(service),
                service.options("labels"),
                service.section("healthcheck").map(HealthcheckReader::read),
                restart(service, deploy),
                service.section("logging")
                        .map(logging -> new Logging(logging.text("driver"), logging.options("options"))),
                engine(service),
                HookReader.read(service),
                dependencies(service),
                deploy,
                service.texts("profiles"),
                service.parsed("container_name", ServiceReader::containerName),
                service.extensions(),
                service.location(),
                service.keyLocations());
    }

    private static ProcessSettings process(Section service) {
        return new ProcessSettings(
                command(service, "command"),
                command(service, "entrypoint"),
                service.values("environment"),
                service.pairs("environment").entrySet().stream()
                        .filter(variable -> variable.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList(),
                service.text("user"),
                service.text("working_dir"),
                service.text("stop_signal"),
                service.duration("stop_grace_period"),
                service.text("init").map(Boolean::parseBoolean),
                service.truth("tty", false),
                service.truth("stdin_open", false));
    }

    /** An empty list clears what the image says. */
    private static Optional<List<String>> command(Section section, String key) {
        return section.mapping().value(key).isPresent() ? Optional.of(section.texts(key)) : Optional.empty();
    }

    private static PullPolicy pullPolicy(Section service) {
        return service.parsed("pull_policy", text -> switch (text) {
                    case "always" -> PullPolicy.ALWAYS;
                    case "never" -> PullPolicy.NEVER;
                    case "missing", "if_not_present" -> PullPolicy.MISSING;
                    case "build" -> PullPolicy.BUILD;
                    case "refresh" -> PullPolicy.MISSING; // Docker Compose knows the word, and does this
                    default -> {
                        if (text.matches("daily|weekly|every_([0-9]+[wdhms])+")) {
                            yield PullPolicy.REFRESH;
                        }
                        throw new InvalidValue(
                                "\"" + text + "\" is no pull policy",
                                "write always, missing, never, build, daily, weekly or every_12h");
                    }
                })
                .orElse(PullPolicy.MISSING);
    }

    private static Optional<EngineSettings> engine(Section service) {
        EngineSettings settings = new EngineSettings(
                service.text("runtime", ""),
                service.text("isolation", ""),
                service.options("storage_opt"),
                service.options("annotations"));
        return Optional.of(settings).filter(said -> !said.equals(new EngineSettings("", "", Map.of(), Map.of())));
    }

    /** {@code deploy.restart_policy} counts before {@code restart}, as in Docker Compose. */
    private static Optional<Restart> restart(Section service, Optional<Deploy> deploy) {
        Optional<Restart> written = service.parsed("restart", text -> {
            String[] parts = text.split(":", 2);
            boolean retries = parts.length == 2;
            if (!RESTARTS.contains(parts[0])
                    || (retries && (!parts[0].equals("on-failure") || !parts[1].matches("[0-9]{1,9}")))) {
                throw new InvalidValue(
                        "\"" + text + "\" is no restart policy",
                        "write \"no\", always, on-failure, on-failure:5 or unless-stopped");
            }
            return new Restart(parts[0], retries ? Integer.parseInt(parts[1]) : 0);
        });
        return deploy.flatMap(Deploy::restartPolicy)
                .map(policy -> new Restart(
                        switch (policy.condition()) {
                            case "any", "always" -> "always";
                            case "on-failure", "unless-stopped" -> policy.condition();
                            default -> "no";
                        },
                        (int) policy.maxAttempts().orElse(0)))
                .or(() -> written);
    }

    private static Map<String, ServiceDependency> dependencies(Section service) {
        Map<String, ServiceDependency> dependencies = new LinkedHashMap<>();
        service.named("depends_on").forEach((name, dependency) -> {
            dependencies.put(
                    name,
                    new ServiceDependency(
                            dependency
                                    .parsed("condition", ServiceReader::condition)
                                    .orElse(ServiceDependency.Condition.SERVICE_STARTED),
                            dependency.truth("restart", false),
                            dependency.truth("required", true),
                            dependency.location()));
        });
        return dependencies;
    }

    private static String containerName(String text) throws InvalidValue {
        if (!text.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+")) {
            throw new InvalidValue(
                    "\"" + text + "\" is no name of a container",
                    "use two or more letters, digits, dots, hyphens and underscores");
        }
        return text;
    }

    private static ServiceDependency.Condition condition(String text) {
        return switch (text) {
            case "service_healthy" -> ServiceDependency.Condition.SERVICE_HEALTHY;
            case "service_completed_successfully" -> ServiceDependency.Condition.SERVICE_COMPLETED_SUCCESSFULLY;
            default -> ServiceDependency.Condition.SERVICE_STARTED;
        };
    }
}
