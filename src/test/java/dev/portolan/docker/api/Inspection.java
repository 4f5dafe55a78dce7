package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.portolan.compose.ComposeNetwork;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.ComposeVolume;
import dev.portolan.model.Namespaces;
import dev.portolan.model.NetworkDesign.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code docker inspect} says of a container, without what two containers of the same service cannot have in common, and
 * without what is Portolan's own to say. Each of both is here, and nowhere else, with its reason.
 */
final class Inspection {
    /** A container that was only made has no state; what is left of these says nothing of how it will run. */
    private static final List<String> COMPARED = List.of("Path", "Args", "Config", "HostConfig", "Mounts", "Platform");

    /** Lists that Docker Compose writes in the order of a Go map, which is none; for the engine they are sets. */
    private static final Set<String> SETS = Set.of("Env", "Binds", "Mounts", "Ulimits", "Aliases", "ExtraHosts");

    /** Each host gives its own to a network and an endpoint. */
    private static final Set<String> IDENTITIES = Set.of("NetworkID", "EndpointID");

    /** Docker Compose's labels and Portolan's: by them each finds its own containers again. */
    private static final List<String> OWN_LABELS = List.of("com.docker.compose.", "portolan.");

    private final JsonNode full;
    private final String folder;
    private final ComposeService service;

    private Inspection(JsonNode full, String folder, ComposeService service) {
        this.full = full;
        this.folder = folder;
        this.service = service;
    }

    /**
     * @param folder of the project, which lies wherever it was cloned to
     * @param service whose container it is
     */
    static ObjectNode comparable(JsonNode full, String folder, ComposeService service) {
        return new Inspection(full, folder, service).comparable();
    }

    /** Of a network. Its subnet, and what the engine chooses from, is Portolan's to say where the file does not. */
    static ObjectNode comparable(JsonNode full, ComposeNetwork network) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (String part : List.of(
                "Driver",
                "EnableIPv4",
                "EnableIPv6",
                "IPAM",
                "Internal",
                "Attachable",
                "Ingress",
                "Options",
                "Labels")) {
            kept.set(part, full.path(part).deepCopy());
        }
        ownLabels(kept.path("Labels"));
        List<JsonNode> pools = new ArrayList<>();
        kept.path("IPAM")
                .path("Config")
                .forEach(pool -> asked(pool.path("Subnet").asText(), network).ifPresent(asked -> {
                    if (asked.range().isEmpty()) {
                        ((ObjectNode) pool).remove("IPRange");
                    }
                    if (asked.gateway().isEmpty()) {
                        ((ObjectNode) pool).remove("Gateway");
                    }
                    pools.add(pool);
                }));
        ((ObjectNode) kept.path("IPAM"))
                .set("Config", JsonNodeFactory.instance.arrayNode().addAll(pools));
        return tidy(kept);
    }

    private static Optional<Pool> asked(String subnet, ComposeNetwork network) {
        return Stream.concat(
                        network.design().stream().flatMap(design -> design.pools().stream()),
                        network.subnet().stream().map(only -> new Pool(only, "", "", Map.of())))
                .filter(pool -> pool.subnet().equals(subnet))
                .findFirst();
    }

    /** Of a volume. */
    static ObjectNode comparable(JsonNode full, ComposeVolume volume) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode().put("key", volume.key());
        for (String part : List.of("Driver", "Options", "Labels", "Scope")) {
            kept.set(part, full.path(part).deepCopy());
        }
        ownLabels(kept.path("Labels"));
        return tidy(kept);
    }

    private static ObjectNode tidy(ObjectNode kept) {
        return (ObjectNode) tidy("", kept, "/PROJECT").orElseThrow();
    }

    private static void ownLabels(JsonNode labels) {
        if (labels instanceof ObjectNode found) {
            List<String> names = new ArrayList<>();
            found.fieldNames().forEachRemaining(names::add);
            names.removeIf(label -> OWN_LABELS.stream().noneMatch(label::startsWith));
            found.remove(names);
        }
    }

    private ObjectNode comparable() {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        COMPARED.forEach(part -> kept.set(part, full.path(part).deepCopy()));
        kept.set("Networks", full.path("NetworkSettings").path("Networks").deepCopy());
        config((ObjectNode) kept.path("Config"));
        host((ObjectNode) kept.path("HostConfig"));
        kept.path("Networks").forEach(endpoint -> endpoint((ObjectNode) endpoint));
        return (ObjectNode) tidy("", kept, folder).orElseThrow();
    }

    private void config(ObjectNode config) {
        // Without a name of its own a container is called by its id.
        if (full.path("Id").asText().startsWith(config.path("Hostname").asText("-"))) {
            config.remove("Hostname");
        }
        ownLabels(config.path("Labels"));
        // Portolan pins the image by its content; Docker Compose runs whatever has the name at that moment.
        config.remove("Image");
    }

    private void host(ObjectNode host) {
        // Portolan's services come back after a power cut unless the file says otherwise.
        if (service.restart().isEmpty()) {
            host.remove("RestartPolicy");
        }
        // By the kernel's version of control groups, and by what the engine's version knows to hide, where nobody says
        // it.
        if (service.security().namespaces().map(Namespaces::cgroup).orElse("").isEmpty()) {
            host.remove("CgroupnsMode");
        }
        if (service.security().securityOpt().isEmpty() && !service.security().privileged()) {
            host.remove(List.of("MaskedPaths", "ReadonlyPaths"));
        }
        // Portolan limits the logs of every container.
        if (service.logging().isEmpty()) {
            host.remove("LogConfig");
        }
    }

    private void endpoint(ObjectNode endpoint) {
        endpoint.remove(IDENTITIES);
        // Docker Compose writes the address that it wants into this place, where the engine has none before the
        // container runs.
        endpoint.remove("IPv6Gateway");
        // Portolan names containers; the container's Compose name is an alias only where the file gives it one.
        List<JsonNode> aliases = new ArrayList<>();
        for (String names : List.of("Aliases", "DNSNames")) {
            aliases.clear();
            endpoint.path(names).forEach(aliases::add);
            aliases.removeIf(alias -> full.path("Name").asText().equals("/" + alias.asText())
                    || full.path("Id").asText().startsWith(alias.asText()));
            if (endpoint.has(names)) {
                endpoint.set(names, JsonNodeFactory.instance.arrayNode().addAll(aliases));
            }
        }
    }

    /** Empty for what says nothing: the engine has null, [] and {} for it, by the way in which it was asked. */
    private static Optional<JsonNode> tidy(String name, JsonNode node, String folder) {
        if (node.isObject()) {
            ObjectNode tidy = JsonNodeFactory.instance.objectNode();
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            names.sort(Comparator.naturalOrder());
            names.forEach(key -> tidy(key, node.path(key), folder).ifPresent(value -> tidy.set(key, value)));
            boolean mark = name.contains("/")
                    || name.equals("ExposedPorts"); // {} is how the engine says that a port is exposed
            return tidy.isEmpty() && !mark ? Optional.empty() : Optional.of(tidy);
        }
        if (node.isArray()) {
            List<JsonNode> items = new ArrayList<>();
            node.forEach(item -> tidy("", item, folder).ifPresent(items::add));
            if (SETS.contains(name)) {
                items.sort(Comparator.comparing(JsonNode::toString));
            }
            ArrayNode tidy = JsonNodeFactory.instance.arrayNode().addAll(items);
            return tidy.isEmpty() ? Optional.empty() : Optional.of(tidy);
        }
        if (node.isTextual()) {
            return Optional.of(TextNode.valueOf(portable(node.asText(), folder)));
        }
        return node.isNull() || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }

    /** Anonymous volumes have names by chance, and each engine its own place for all of them. */
    private static String portable(String text, String folder) {
        return text.replace(folder, "/PROJECT")
                .replaceAll("\\b[0-9a-f]{64}\\b", "ANONYMOUS")
                .replaceAll("^/.*/volumes/([^/]+)/_data$", "/VOLUMES/$1");
    }
}
