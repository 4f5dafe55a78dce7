package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portolan.model.ContainerState;
import dev.portolan.model.ContainerState.Health;
import dev.portolan.model.ContainerState.Status;
import dev.portolan.model.Labels;
import dev.portolan.model.ReleaseId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the engine's two descriptions of a container: a line of the list, and the full one. */
final class ContainerReading {
    /** What a container that no release has made says, such as the proxy's. */
    private static final ReleaseId NO_RELEASE = new ReleaseId("0000000000");

    /** The network of containers that have the host's own: there the proxy, which has it too, finds them. */
    private static final String HOST = "host";

    private static final String LOOPBACK = "127.0.0.1";

    private static final Pattern EXIT_CODE = Pattern.compile("(?:Exited|Restarting) \\((-?[0-9]+)\\).*");

    private ContainerReading() {}

    /** Whether a container is a replica of a service, not a proxy or a one-off. */
    static boolean isReplica(JsonNode labels) {
        return labels.has(Labels.SERVICE) && labels.has(Labels.RELEASE) && !labels.has(Labels.ROLE);
    }

    /** @param line of {@code GET /containers/json} */
    static ContainerState fromList(JsonNode line) {
        Status status = status(line.path("State").asText());
        String words = line.path("Status").asText();
        return state(
                line.path("Id").asText(),
                line.path("Names").path(0).asText(),
                line.path("Labels"),
                status,
                health(words),
                exitCode(words),
                addresses(line.path("NetworkSettings").path("Networks"), status),
                Instant.ofEpochSecond(line.path("Created").asLong()));
    }

    /** @param full answer of {@code GET /containers/x/json} */
    static ContainerState fromInspection(JsonNode full) {
        JsonNode state = full.path("State");
        Status status = status(state.path("Status").asText());
        boolean ended = status == Status.EXITED || status == Status.DEAD || status == Status.RESTARTING;
        return state(
                full.path("Id").asText(),
                full.path("Name").asText(),
                full.path("Config").path("Labels"),
                status,
                healthWord(state.path("Health").path("Status").asText()),
                ended ? Optional.of(state.path("ExitCode").asInt()) : Optional.empty(),
                addresses(full.path("NetworkSettings").path("Networks"), status),
                time(full.path("Created").asText()));
    }

    private static ContainerState state(
            String id,
            String name,
            JsonNode labels,
            Status status,
            Health health,
            Optional<Integer> exitCode,
            Map<String, String> addresses,
            Instant created) {
        String release = labels.path(Labels.RELEASE).asText();
        return new ContainerState(
                id,
                name.startsWith("/") ? name.substring(1) : name,
                labels.path(Labels.SERVICE).asText(),
                labels.path(Labels.REPLICA).asInt(),
                labels.path(Labels.CONFIG_HASH).asText(),
                release.matches("[0-9a-f]{10}") ? new ReleaseId(release) : NO_RELEASE,
                status,
                health,
                exitCode,
                addresses,
                beginningWith(Labels.NEIGHBOUR, labels),
                beginningWith(Labels.JOINED, labels),
                beginningWith(Labels.VOLUMES_FROM, labels),
                created);
    }

    private static Status status(String word) {
        return switch (word) {
            case "created" -> Status.CREATED;
            case "running" -> Status.RUNNING;
            case "paused" -> Status.PAUSED;
            case "restarting" -> Status.RESTARTING;
            case "exited" -> Status.EXITED;
            default -> Status.DEAD; // "removing" and "dead": nothing of it can be used again
        };
    }

    /** The list tells the health only in words for a person: {@code Up 3 seconds (health: starting)}. */
    private static Health health(String words) {
        int open = words.lastIndexOf('(');
        int close = words.lastIndexOf(')');
        boolean up = words.startsWith("Up ");
        return up && open >= 0 && close > open
                ? healthWord(words.substring(open + 1, close).replace("health: ", ""))
                : Health.NONE;
    }

    private static Health healthWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "starting" -> Health.STARTING;
            case "healthy" -> Health.HEALTHY;
            case "unhealthy" -> Health.UNHEALTHY;
            default -> Health.NONE;
        };
    }

    private static Optional<Integer> exitCode(String words) {
        Matcher matcher = EXIT_CODE.matcher(words);
        return matcher.matches() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }

    private static Map<String, String> addresses(JsonNode networks, Status status) {
        var addresses = new TreeMap<String, String>();
        networks.properties().forEach(network -> {
            String fixed =
                    network.getValue().path("IPAMConfig").path("IPv4Address").asText("");
            String current = network.getValue().path("IPAddress").asText("");
            boolean attached = status == Status.RUNNING || status == Status.PAUSED;
            if (attached && network.getKey().equals(HOST)) {
                addresses.put(HOST, LOOPBACK);
            }
            String address = attached && !current.isEmpty() ? current : fixed;
            if (!address.isEmpty()) {
                addresses.put(network.getKey(), address);
            }
        });
        return addresses;
    }

    private static Map<String, String> beginningWith(String start, JsonNode labels) {
        var found = new TreeMap<String, String>();
        labels.properties().forEach(label -> {
            if (label.getKey().startsWith(start)) {
                found.put(
                        label.getKey().substring(start.length()),
                        label.getValue().asText());
            }
        });
        return found;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
