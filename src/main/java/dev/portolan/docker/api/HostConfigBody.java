package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.EngineSettings;
import dev.portolan.model.Naming;
import dev.portolan.model.RestartPolicy;

/** The part of a container's specification that is about the host: networks, mounts, limits, rights. */
final class HostConfigBody {

    private HostConfigBody() {}

    static ObjectNode of(ContainerSpec spec) {
        ObjectNode host = JsonNodeFactory.instance.objectNode();
        networking(host, spec.networking());
        spec.process().init().ifPresent(init -> host.put("Init", init));
        StorageBody.into(host, spec.storage());
        ResourcesBody.into(host, spec.resources());
        SecurityBody.into(host, spec.security());
        spec.engine().ifPresent(settings -> engine(host, settings));
        host.set("RestartPolicy", restart(RestartPolicy.NEVER));
        ObjectNode log = host.putObject("LogConfig").put("Type", spec.logging().driver());
        ContainerBody.strings(log.putObject("Config"), spec.logging().options());
        return host;
    }

    static ObjectNode restart(RestartPolicy policy) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Name", policy.mode().word())
                .put("MaximumRetryCount", policy.maximumRetries());
    }

    private static void networking(ObjectNode host, ContainerSpec.Networking networking) {
        networking.mode().ifPresent(mode -> host.put("NetworkMode", mode));
        ContainerBody.firstNetwork(networking).ifPresent(first -> host.put("NetworkMode", first.network()));
        host.set("PortBindings", ContainerBody.portBindings(networking.ports()));
        ContainerBody.texts(host, "ExtraHosts", networking.extraHosts());
        ContainerBody.texts(host, "Dns", networking.dns());
        networking.naming().ifPresent(naming -> naming(host, naming));
    }

    private static void naming(ObjectNode host, Naming naming) {
        ContainerBody.texts(host, "DnsSearch", naming.search());
        ContainerBody.texts(host, "DnsOptions", naming.options());
        ContainerBody.texts(host, "Links", naming.links());
    }

    private static void engine(ObjectNode host, EngineSettings settings) {
        ContainerBody.text(host, "Runtime", settings.runtime());
        ContainerBody.text(host, "Isolation", settings.isolation());
        ContainerBody.texts(host, "StorageOpt", settings.storage());
        ContainerBody.texts(host, "Annotations", settings.annotations());
    }
}
