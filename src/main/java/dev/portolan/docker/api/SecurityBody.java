package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.model.ContainerSpec.Security;
import dev.portolan.model.DeviceRequest;
import dev.portolan.model.Namespaces;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Rights and devices in the engine's words. */
final class SecurityBody {
    private static final String ALL = "ALL";
    private static final String PREFIX = "CAP_";

    private SecurityBody() {}

    static void into(ObjectNode host, Security security) {
        host.put("Privileged", security.privileged());
        ContainerBody.texts(host, "CapAdd", capabilities(security.capAdd()));
        ContainerBody.texts(host, "CapDrop", capabilities(security.capDrop()));
        ContainerBody.texts(host, "SecurityOpt", security.securityOptions());
        ContainerBody.texts(host, "GroupAdd", security.groupAdd());
        ContainerBody.texts(host, "DeviceCgroupRules", security.deviceRules());
        devices(host, security.devices());
        requests(host, security.deviceRequests());
        security.namespaces().ifPresent(namespaces -> namespaces(host, namespaces));
        if (security.openSystemPaths()) {
            host.putArray("MaskedPaths");
            host.putArray("ReadonlyPaths");
        }
    }

    /** As Docker's own client writes them: each once, with the kernel's prefix, sorted. */
    private static Set<String> capabilities(List<String> given) {
        Set<String> names = new TreeSet<>();
        for (String name : given) {
            String upper = name.toUpperCase(Locale.ROOT);
            names.add(upper.equals(ALL) || upper.startsWith(PREFIX) ? upper : PREFIX + upper);
        }
        return names;
    }

    private static void devices(ObjectNode host, List<String> devices) {
        if (devices.isEmpty()) {
            return;
        }
        ArrayNode list = host.putArray("Devices");
        for (String device : devices) {
            List<String> parts = List.of(device.split(":", -1));
            list.addObject()
                    .put("PathOnHost", parts.getFirst())
                    .put("PathInContainer", parts.size() > 1 ? parts.get(1) : parts.getFirst())
                    .put("CgroupPermissions", parts.size() > 2 ? parts.get(2) : "rwm");
        }
    }

    private static void requests(ObjectNode host, List<DeviceRequest> requests) {
        if (requests.isEmpty()) {
            return;
        }
        ArrayNode list = host.putArray("DeviceRequests");
        for (DeviceRequest request : requests) {
            ObjectNode wanted = list.addObject();
            wanted.put("Driver", request.driver()).put("Count", request.count());
            ContainerBody.texts(wanted, "DeviceIDs", request.ids());
            if (!request.capabilities().isEmpty()) {
                ContainerBody.strings(wanted.putArray("Capabilities").addArray(), request.capabilities());
            }
            ContainerBody.texts(wanted, "Options", request.options());
        }
    }

    private static void namespaces(ObjectNode host, Namespaces namespaces) {
        ContainerBody.text(host, "IpcMode", namespaces.ipc());
        ContainerBody.text(host, "PidMode", namespaces.pid());
        ContainerBody.text(host, "UTSMode", namespaces.uts());
        ContainerBody.text(host, "UsernsMode", namespaces.user());
        ContainerBody.text(host, "CgroupnsMode", namespaces.cgroup());
    }
}
