package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ContainerSpec.Resources;
import dev.portolan.model.ContainerSpec.Security;
import dev.portolan.model.ContainerSpec.Storage;
import dev.portolan.model.RestartPolicy;
import java.util.List;
import java.util.TreeMap;

/** The part of a container's specification that is about the host: mounts, limits, rights. */
final class HostConfigBody {

    private HostConfigBody() {}

    static ObjectNode of(ContainerSpec spec) {
        ObjectNode host = JsonNodeFactory.instance.objectNode();
        var networking = spec.networking();
        networking.mode().ifPresent(mode -> host.put("NetworkMode", mode));
        ContainerBody.firstNetwork(networking).ifPresent(first -> host.put("NetworkMode", first.network()));
        host.set("PortBindings", ContainerBody.portBindings(networking.ports()));
        ContainerBody.strings(host.putArray("ExtraHosts"), networking.extraHosts());
        ContainerBody.strings(host.putArray("Dns"), networking.dns());
        host.put("Init", spec.process().init());
        storage(host, spec.storage());
        resources(host, spec.resources());
        security(host, spec.security());
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

    private static void storage(ObjectNode host, Storage storage) {
        ArrayNode binds = host.putArray("Binds");
        ArrayNode mounts = host.putArray("Mounts");
        for (Mount mount : storage.mounts()) {
            // As Compose's short form: a folder of the host that does not exist is made. A mount would be refused.
            if (mount.kind() == Mount.Kind.BIND && !(mount.source() + mount.target()).contains(":")) {
                binds.add(mount.source() + ":" + mount.target() + (mount.readOnly() ? ":ro" : ""));
            } else {
                mounts.add(mount(mount));
            }
        }
        FilePlacement.volumes(storage)
                .forEach(folder -> mounts.add(mount(new Mount(Mount.Kind.VOLUME, "", folder, false))));
        ContainerBody.strings(host.putObject("Tmpfs"), storage.tmpfs());
        host.put("ReadonlyRootfs", storage.readOnly());
    }

    private static ObjectNode mount(Mount mount) {
        String type = switch (mount.kind()) {
            case BIND -> "bind";
            case VOLUME -> "volume";
            case TMPFS -> "tmpfs";
        };
        return JsonNodeFactory.instance
                .objectNode()
                .put("Type", type)
                .put("Source", mount.source())
                .put("Target", mount.target())
                .put("ReadOnly", mount.readOnly());
    }

    private static void resources(ObjectNode host, Resources resources) {
        host.put("Memory", resources.memoryBytes());
        host.put("MemoryReservation", resources.memoryReservationBytes());
        host.put("NanoCpus", resources.nanoCpus());
        if (resources.pids() != 0) {
            host.put("PidsLimit", resources.pids());
        }
        if (resources.shmBytes() != 0) {
            host.put("ShmSize", resources.shmBytes());
        }
        ArrayNode ulimits = host.putArray("Ulimits");
        new TreeMap<>(resources.ulimits())
                .forEach((name, limit) -> ulimits.addObject()
                        .put("Name", name)
                        .put("Soft", limit.soft())
                        .put("Hard", limit.hard()));
        ContainerBody.strings(host.putObject("Sysctls"), resources.sysctls());
    }

    private static void security(ObjectNode host, Security security) {
        host.put("Privileged", security.privileged());
        ContainerBody.strings(host.putArray("CapAdd"), security.capAdd());
        ContainerBody.strings(host.putArray("CapDrop"), security.capDrop());
        ContainerBody.strings(host.putArray("SecurityOpt"), security.securityOptions());
        ContainerBody.strings(host.putArray("GroupAdd"), security.groupAdd());
        ArrayNode devices = host.putArray("Devices");
        for (String device : security.devices()) {
            List<String> parts = List.of(device.split(":", -1));
            devices.addObject()
                    .put("PathOnHost", parts.getFirst())
                    .put("PathInContainer", parts.size() > 1 ? parts.get(1) : parts.getFirst())
                    .put("CgroupPermissions", parts.size() > 2 ? parts.get(2) : "rwm");
        }
    }
}
