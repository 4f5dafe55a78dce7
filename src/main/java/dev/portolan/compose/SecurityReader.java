package dev.portolan.compose;

import dev.portolan.compose.ComposeService.Security;
import dev.portolan.model.DeviceRequest;
import dev.portolan.model.Namespaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rights of a service, and what of the host's it gets. */
final class SecurityReader {
    /** A device by the name that its vendor gives it, such as {@code vendor.com/gpu=0}, not by a path. */
    private static final Pattern NAMED_DEVICE = Pattern.compile(
            "[A-Za-z]([\\w.-]*[A-Za-z0-9])?/[A-Za-z]([\\w-]*[A-Za-z0-9])?=[A-Za-z0-9]([\\w.:-]*[A-Za-z0-9])?");

    private static final Namespaces OWN = new Namespaces("", "", "", "", "");

    private final Section service;

    private SecurityReader(Section service) {
        this.service = service;
    }

    static Security read(Section service) {
        return new SecurityReader(service).security();
    }

    private Security security() {
        List<String> named = new ArrayList<>();
        List<String> devices = new ArrayList<>();
        for (Section device : service.sections("devices")) {
            String source = device.text("source", "");
            String target = device.text("target", source);
            if (source.equals(target) && NAMED_DEVICE.matcher(source).matches()) {
                named.add(source);
            } else {
                devices.add(source + ":" + target + ":" + device.text("permissions", "rwm"));
            }
        }
        return new Security(
                service.truth("privileged", false),
                service.texts("cap_add"),
                service.texts("cap_drop"),
                service.texts("security_opt"),
                service.texts("group_add"),
                devices,
                service.texts("device_cgroup_rules"),
                requests(named),
                namespaces());
    }

    /** In the order of Docker Compose. */
    private List<DeviceRequest> requests(List<String> named) {
        List<DeviceRequest> requests = new ArrayList<>();
        service.section("deploy")
                .flatMap(deploy -> deploy.section("resources"))
                .flatMap(resources -> resources.section("reservations"))
                .ifPresent(reservations -> reservations
                        .sections("devices")
                        .forEach(device -> requests.add(request(device, device.texts("capabilities")))));
        if (!named.isEmpty()) {
            requests.add(new DeviceRequest("cdi", 0, named, List.of(), Map.of()));
        }
        for (Section gpu : service.sections("gpus")) {
            List<String> capabilities = new ArrayList<>(gpu.texts("capabilities"));
            capabilities.add("gpu");
            requests.add(request(gpu, capabilities));
        }
        return requests;
    }

    private static DeviceRequest request(Section device, List<String> capabilities) {
        return new DeviceRequest(
                device.text("driver", ""),
                (int) device.whole("count", -1, Integer.MAX_VALUE).orElse(0),
                device.texts("device_ids"),
                capabilities,
                device.options("options"));
    }

    private Optional<Namespaces> namespaces() {
        Namespaces namespaces = new Namespaces(
                service.text("ipc", ""),
                service.text("pid", ""),
                service.text("uts", ""),
                service.text("userns_mode", ""),
                service.text("cgroup", ""));
        return Optional.of(namespaces).filter(said -> !said.equals(OWN));
    }
}
