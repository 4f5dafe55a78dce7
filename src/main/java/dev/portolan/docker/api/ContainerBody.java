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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A container's specification in the words of {@code POST /containers/create}. What the specification does not say is left out, so that
 * the container is the one that Docker Compose would make.
 */
final class ContainerBody {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Duration ENGINES_OWN_GRACE = Duration.ofSeconds(10);

    private ContainerBody() {}

    /**
     * @param image what the engine is to look up
     * @param labels added to those of the specification
     * @param address on the first network
     * @param version of the API in which the engine reads it
     */
    static ObjectNode of(
            String image,
            ContainerSpec spec,
            Map<String, String> labels,
            Optional<String> address,
            ApiVersion version) {
        ObjectNode body = NODES.objectNode().put("Image", image);
        Networking networking = spec.networking();
        process(body, spec.process());
        spec.healthTest().ifPresent(test -> body.set("Healthcheck", health(test)));
        networking.hostname().ifPresent(name -> body.put("Hostname", name));
        networking.naming().ifPresent(naming -> text(body, "Domainname", naming.domain()));
        ObjectNode exposed = body.putObject("ExposedPorts");
        networking.exposed().forEach(exposed::putObject);
        networking.ports().forEach(port -> exposed.putObject(port.containerPort() + "/" + port.protocol()));
        var all = new TreeMap<>(spec.labels());
        all.putAll(labels);
        strings(body.putObject("Labels"), all);
        body.set("HostConfig", HostConfigBody.of(spec));
        EndpointBodies.into(body, networking, address, version);
        return body;
    }

    private static void process(ObjectNode body, ProcessSpec process) {
        process.command().ifPresent(command -> strings(body.putArray("Cmd"), command));
        process.entrypoint().ifPresent(entrypoint -> strings(body.putArray("Entrypoint"), entrypoint));
        ArrayNode environment = body.putArray("Env");
        new TreeMap<>(process.environment()).forEach((name, value) -> environment.add(name + "=" + value));
        process.unset().forEach(environment::add);
        process.user().ifPresent(user -> body.put("User", user));
        process.workingDirectory().ifPresent(folder -> body.put("WorkingDir", folder));
        process.stopSignal().ifPresent(signal -> body.put("StopSignal", signal));
        if (!process.stopGrace().equals(ENGINES_OWN_GRACE)) {
            body.put("StopTimeout", process.stopGrace().toSeconds());
        }
        body.put("Tty", process.tty());
        body.put("OpenStdin", process.stdinOpen());
        // Without it the end of the input of whoever attaches would never reach the process.
        body.put("StdinOnce", process.attached() && process.stdinOpen());
        body.put("AttachStdin", process.attached());
        body.put("AttachStdout", true);
        body.put("AttachStderr", true);
    }

    private static ObjectNode health(HealthTest test) {
        ObjectNode health = NODES.objectNode();
        if (!test.test().isEmpty()) {
            strings(health.putArray("Test"), test.test());
        }
        health.put("Interval", test.interval().toNanos())
                .put("Timeout", test.timeout().toNanos())
                .put("Retries", test.retries())
                .put("StartPeriod", test.startPeriod().toNanos());
        test.startInterval().ifPresent(interval -> health.put("StartInterval", interval.toNanos()));
        return health;
    }

    /** The engine counts in seconds: never less than what was asked for. */
    static long wholeSeconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }

    /** Left out when it is empty. */
    static void text(ObjectNode object, String name, String value) {
        if (!value.isEmpty()) {
            object.put(name, value);
        }
    }

    /** Left out when it is 0. */
    static void number(ObjectNode object, String name, long value) {
        if (value != 0) {
            object.put(name, value);
        }
    }

    /** Left out when there are none. */
    static void texts(ObjectNode object, String name, Collection<String> values) {
        if (!values.isEmpty()) {
            strings(object.putArray(name), values);
        }
    }

    /** Left out when there are none. */
    static void texts(ObjectNode object, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            strings(object.putObject(name), values);
        }
    }

    static void strings(ArrayNode array, Collection<String> values) {
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
                    .put("HostPort", hostPort(port));
        }
        return bindings;
    }

    private static String hostPort(PublishedPort port) {
        String first = port.hostPort() == 0 ? "" : String.valueOf(port.hostPort());
        return port.lastHostPort().map(last -> first + "-" + last).orElse(first);
    }

    /** The one that a container is made with. */
    static Optional<NetworkAttachment> firstNetwork(Networking networking) {
        return networking.mode().isPresent() || networking.attachments().isEmpty()
                ? Optional.empty()
                : Optional.of(networking.attachments().getFirst());
    }
}
