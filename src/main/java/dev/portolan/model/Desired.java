package dev.portolan.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration asks for, in full: an immutable release. It holds no secret's value.
 *
 * @param app the app's name; lower-case letters, digits and hyphens
 * @param release the name of this content
 * @param regions in the order of the configuration, at least one
 * @param primary the name of the region that is deployed last and that traffic falls back to
 * @param routes in the order of the configuration
 * @param workloads by region name, one for each region
 * @param releaseCommand run once before the release goes anywhere
 */
public record Desired(
        String app,
        ReleaseId release,
        List<Region> regions,
        String primary,
        List<Route> routes,
        RolloutSettings rollout,
        TrafficSettings traffic,
        Map<String, Workload> workloads,
        Optional<ReleaseCommand> releaseCommand) {

    public Desired {
        regions = List.copyOf(regions);
        routes = List.copyOf(routes);
        workloads = Map.copyOf(workloads);
    }

    /** Without a release command. */
    public Desired(
            String app,
            ReleaseId release,
            List<Region> regions,
            String primary,
            List<Route> routes,
            RolloutSettings rollout,
            TrafficSettings traffic,
            Map<String, Workload> workloads) {
        this(app, release, regions, primary, routes, rollout, traffic, workloads, Optional.empty());
    }

    public Region region(String name) {
        return regions.stream()
                .filter(region -> region.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no region " + name));
    }

    /** @throws IllegalArgumentException when there is no such region */
    public Workload workload(String region) {
        Workload workload = workloads.get(region);
        if (workload == null) {
            throw new IllegalArgumentException("no region " + region);
        }
        return workload;
    }

    /**
     * What one host is to run.
     *
     * @throws IllegalArgumentException when there is no such region
     */
    public Workload workload(HostId host) {
        return workload(host.region()).on(host.name());
    }

    /** Of every region. */
    public List<Host> hosts() {
        return regions.stream().flatMap(region -> region.hosts().stream()).toList();
    }

    public Region primaryRegion() {
        return region(primary);
    }

    /** The host that keeps the lock and the journal: the first one of the primary. */
    public Host keeper() {
        return primaryRegion().hosts().getFirst();
    }
}
