package dev.portolan.testing;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.Host;
import dev.portolan.model.HostAddress;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.ImageSource;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Place;
import dev.portolan.model.Region;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.RolloutSettings;
import dev.portolan.model.Route;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.UpdateOrder;
import dev.portolan.model.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Small releases to try things on: an app called shop, in regions with one host each. */
public final class Examples {
    public static final String APP = "shop";
    public static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private Examples() {}

    /** A service whose content, and so its hash, is its image's version. */
    public static Service service(String name, String version, int replicas, UpdateOrder order) {
        ContainerSpec spec = spec("example/" + name, version);
        String hash = Fingerprint.of(name + version).substring(0, 12);
        return new Service(name, hash, spec, replicas, order, List.of(), Duration.ofSeconds(1), false);
    }

    public static ContainerSpec spec(String repository, String version) {
        return new ContainerSpec(
                new ImageSource.Pulled(repository + ":" + version, "sha256:" + Fingerprint.of(repository + version)),
                new ContainerSpec.ProcessSpec(
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(10),
                        Optional.empty(),
                        false,
                        false),
                Optional.empty(),
                new ContainerSpec.Networking(
                        List.of(new ContainerSpec.NetworkAttachment("default", List.of())),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of()),
                new ContainerSpec.Storage(List.of(), List.of(), Map.of(), false),
                new ContainerSpec.Resources(0, 0, 0, 0, 0, Map.of(), Map.of()),
                new ContainerSpec.Security(false, List.of(), List.of(), List.of(), List.of(), List.of()),
                Map.of(),
                RestartPolicy.ALWAYS,
                new ContainerSpec.Logging("local", Map.of()));
    }

    /** A release with a route to the service {@code web}, in these regions; the first one is the primary. */
    public static Desired release(List<String> regions, TrafficSettings traffic, Service... services) {
        Map<String, Workload> workloads = new HashMap<>();
        regions.forEach(region -> workloads.put(
                region,
                new Workload(
                        APP + "-" + region,
                        List.of(services),
                        List.of(new NetworkSpec("default", Optional.empty(), false, false, Map.of(), Map.of())),
                        List.of())));
        String content = regions + traffic.toString() + Arrays.toString(services);
        return new Desired(
                APP,
                new ReleaseId(Fingerprint.of(content).substring(0, 10)),
                regions.stream().map(Examples::region).toList(),
                regions.getFirst(),
                List.of(new Route.Http(Route.ANY_HOST, "web", 3000, "/up", Optional.empty())),
                RolloutSettings.DEFAULT,
                traffic,
                workloads);
    }

    public static HostId hostOf(String region) {
        return new HostId(region, "local");
    }

    private static Region region(String name) {
        return new Region(name, new Place(0, name.length()), List.of(new Host(hostOf(name), new HostAddress.Local())));
    }

    /** A host on which nothing of the app runs yet. Each region has an engine of its own. */
    public static HostState.Reachable emptyHost(String region) {
        return new HostState.Reachable(
                "engine-" + region,
                List.of(),
                Map.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                dev.portolan.model.ProxyState.ABSENT,
                Optional.empty());
    }

    /** A running and healthy replica. */
    public static ContainerState running(String region, Service service, int replica, String address) {
        String name =
                APP + "-" + region + "-" + service.name() + "-" + service.hash().substring(0, 6) + "-" + replica;
        return new ContainerState(
                "id-" + name,
                name,
                service.name(),
                replica,
                service.hash(),
                new ReleaseId("0000000000"),
                ContainerState.Status.RUNNING,
                ContainerState.Health.HEALTHY,
                Optional.empty(),
                Map.of("default", address),
                Map.of(),
                NOON);
    }
}
