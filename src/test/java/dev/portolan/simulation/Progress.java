package dev.portolan.simulation;

import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.Region;
import dev.portolan.model.Service;
import dev.portolan.simulation.RandomApp.Release;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** I2: which content each host has reached, so that the primary is seen to move last. */
final class Progress {
    private final World world;
    private final RandomApp app;
    private final Map<HostId, Map<String, String>> reached = new HashMap<>();
    private final Set<Release> decided = new LinkedHashSet<>();
    private Optional<Release> committed = Optional.empty();

    Progress(World world) {
        this.world = world;
        this.app = world.app();
    }

    /** The release was committed by a decision in the journal. */
    void decided(Release release) {
        decided.add(release);
        committed = Optional.of(release);
    }

    /** The last decision. */
    Optional<Release> committed() {
        return committed;
    }

    /** Releases that are, or were, the committed one. */
    Set<Release> decided() {
        return decided;
    }

    /** The host's service has this content now. */
    void started(HostId host, String service, String hash) {
        if (host.region().equals(app.primary())) {
            check(host, service, hash);
        }
        reached.computeIfAbsent(host, _ -> new HashMap<>()).put(service, hash);
    }

    private void check(HostId primary, String service, String hash) {
        List<Release> releases = app.releases().stream()
                .filter(release -> hash.equals(hashOf(release.desired(), primary.region(), service)))
                .toList();
        boolean proven = releases.stream()
                .anyMatch(release -> decided.contains(release) || neededByCommand(release, primary, service, hash));
        if (!proven && releases.stream().noneMatch(this::everySecondaryHasIt)) {
            throw new Violation("I2: the primary's host " + primary + " gets " + service + " " + hash
                    + " before every secondary has its release "
                    + releases.stream()
                            .map(release -> release.desired().release())
                            .toList() + "; reached: " + reached);
        }
    }

    /** What the release command depends on is there before any wave, where nothing of it ran. */
    private boolean neededByCommand(Release release, HostId primary, String service, String hash) {
        boolean alone = world.access(primary).machine().containers.values().stream()
                .noneMatch(container -> container.region().equals(primary.region())
                        && container.service().equals(service)
                        && container.running()
                        && !container.hash().equals(hash));
        return release.desired().releaseCommand().isPresent()
                && release.desired().keeper().id().equals(primary)
                && !world.routedServices().contains(service)
                && alone;
    }

    /** Every service of the release, for a dependency may be all that a host was given so far. */
    private boolean everySecondaryHasIt(Release release) {
        Desired desired = release.desired();
        for (Region region : desired.regions()) {
            for (Host host : region.hosts()) {
                Map<String, String> there = reached.getOrDefault(host.id(), Map.of());
                boolean complete = region.name().equals(desired.primary())
                        || desired.workload(region.name()).services().stream()
                                .allMatch(service ->
                                        service.hash().equals(there.get(service.name())) || has(host.id(), service));
                if (!complete) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean has(HostId host, Service service) {
        World.Access access = world.access(host);
        if (world.routedServices().contains(service.name())) {
            return access.proxy().serving(service.name()).stream()
                    .flatMap(slot -> access.machine().known(slot.server()).stream())
                    .anyMatch(container -> container.hash().equals(service.hash()));
        }
        return access.machine().containers.values().stream()
                .filter(container -> container.region().equals(host.region()))
                .anyMatch(container -> container.hash().equals(service.hash())
                        && (service.job() ? container.exitCode.equals(Optional.of(0)) : container.running()));
    }

    private static String hashOf(Desired desired, String region, String service) {
        return desired.workload(region)
                .service(service)
                .map(found -> found.hash())
                .orElse("");
    }
}
