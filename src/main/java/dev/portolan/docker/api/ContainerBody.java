package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.ContainerSpec.ProcessSpec;
import dev.portolan.model.ContainerSpec.PublishedPort;
import dev.portolan.model.HealthTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A container's specification in the words of {@code POST /containers/create}. */
final class ContainerBody {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ContainerBody() {}

    /**
     * @param image what the engine is to look up
     * @param labels added to those of the specification
     * @param address on the first network
     */
    static ObjectNode of(String image, ContainerSpec spec, Map<String, String> labels, Optional<String> address) {
        ObjectNode body = NODES.objectNode().put("Image", image);
        process(body, spec.process());
        spec.healthTest().ifPresent(test -> body.set("Healthcheck", health(test)));
        spec.networking().hostname().ifPresent(name -> body.put("Hostname", name));
        ObjectNode exposed = body.putObject("ExposedPorts");
        spec.networking().exposed().forEach(port -> exposed.putObject(port + "/tcp"));
        spec.networking().ports().forEach(port -> exposed.putObject(port.containerPort() + "/" + port.protocol()));
        var all = new TreeMap<>(spec.labels());
        all.putAll(labels);
        strings(body.putObject("Labels"), all);
        body.set("HostConfig", HostConfigBody.of(spec));
        firstNetwork(spec.networking())
                .ifPresent(first -> body.putObject("NetworkingConfig")
                        .putObject("EndpointsConfig")
                        .set(first.network(), endpoint(first, address)));
        return body;
    }

    /** The one that a container is made with; it is attached to the others before it starts. */
    static Optional<NetworkAttachment> firstNetwork(Networking networking) {
        return networking.mode().isPresent() || networking.attachments().isEmpty()
                ? Optional.empty()
                : Optional.of(networking.attachments().getFirst());
    }

    static ObjectNode endpoint(NetworkAttachment attachment, Optional<String> address) {
        ObjectNode endpoint = NODES.objectNode();
        strings(endpoint.putArray("Aliases"), attachment.aliases());
        address.ifPresent(fixed -> endpoint.putObject("IPAMConfig").put("IPv4Address", fixed));
        return endpoint;
    }

    private static void process(ObjectNode body, ProcessSpec process) {
        process.command().ifPresent(command -> strings(body.putArray("Cmd"), command));
        process.entrypoint().ifPresent(entrypoint -> strings(body.putArray("Entrypoint"), entrypoint));
        ArrayNode environment = body.putArray("Env");
        new TreeMap<>(process.environment()).forEach((name, value) -> environment.add(name + "=" + value));
        process.user().ifPresent(user -> body.put("User", user));
        process.workingDirectory().ifPresent(folder -> body.put("WorkingDir", folder));
        process.stopSignal().ifPresent(signal -> body.put("StopSignal", signal));
        body.put("StopTimeout", wholeSeconds(process.stopGrace()));
        body.put("Tty", process.tty());
        body.put("OpenStdin", process.stdinOpen());
        // Without it the end of the input of whoever attaches would never reach the process.
        body.put("StdinOnce", process.stdinOpen() && !process.tty());
    }

    private static ObjectNode health(HealthTest test) {
        ObjectNode health = NODES.objectNode();
        strings(health.putArray("Test"), test.test());
        return health.put("Interval", test.interval().toNanos())
                .put("Timeout", test.timeout().toNanos())
                .put("Retries", test.retries())
                .put("StartPeriod", test.startPeriod().toNanos());
    }

    /** The engine counts in seconds: never less than what was asked for. */
    static long wholeSeconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }

    static void strings(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }

    static void strings(ObjectNode object, Map<String, String> values) {
        new TreeMap<>(values).forEach(object::put);
    }

    static ObjectNode portBindings(List<PublishedPort> ports) {
        ObjectNode bindings = NODES.objectNode();
        for (PublishedPort port : ports) {
            bindings.withArray("/" + (port.containerPort() + "/" + port.protocol()).replace("/", "~1"))
                    .addObject()
                    .put("HostIp", port.address())
                    .put("HostPort", port.hostPort() == 0 ? "" : String.valueOf(port.hostPort()));
        }
        return bindings;
    }
}
