package dev.portolan.simulation;

import dev.portolan.model.HostId;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.Service;
import dev.portolan.simulation.RandomApp.Release;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** I4: every host serves one release, and would after a power cut. */
final class Settled {
    private final World world;
    private final Release release;
    private final String when;

    Settled(World world, Release release, String when) {
        this.world = world;
        this.release = release;
        this.when = when;
    }

    /** Whether the readers of every host are served by the release, whatever else is there. */
    boolean serves() {
        return world.hosts().stream()
                .allMatch(host -> world.routedServices().stream()
                        .allMatch(service -> Set.of(hashOf(host, service)).equals(hashesInService(host, service))));
    }

    private String hashOf(HostId host, String service) {
        return release.desired()
                .workload(host.region())
                .service(service)
                .map(Service::hash)
                .orElse("");
    }

    private Set<String> hashesInService(HostId host, String service) {
        return world.proxy(host).slots(service).stream()
                .filter(FakeProxy.Slot::ready)
                .map(slot -> world.access(host)
                        .machine()
                        .known(slot.server())
                        .map(FakeContainer::hash)
                        .orElse("nothing"))
                .collect(Collectors.toSet());
    }

    /** @throws Violation unless every host serves the release */
    void check() {
        for (HostId host : world.hosts()) {
            for (Service service : release.desired().workload(host.region()).services()) {
                checkService(host, service);
            }
            checkCommitted(host);
        }
        world.app().regions().stream()
                .filter(region -> world.traffic().drained(region.name()) != world.drainedByHand(region.name()))
                .findFirst()
                .ifPresent(region ->
                        fail(region.name() + " is drained: " + world.traffic().drained(region.name())
                                + ", although a person wants: " + world.drainedByHand(region.name())));
    }

    private void checkService(HostId host, Service service) {
        boolean routed = world.routedServices().contains(service.name());
        if (routed) {
            List<FakeProxy.Slot> ready = world.proxy(host).slots(service.name()).stream()
                    .filter(FakeProxy.Slot::ready)
                    .toList();
            Set<String> hashes = hashesInService(host, service.name());
            int ports = world.portsOf(service.name()).size();
            if (!hashes.equals(Set.of(service.hash())) || ready.size() != service.replicas() * ports) {
                fail(host + " serves " + service.name() + " by " + ready.size() + " of " + hashes + " instead of "
                        + service.replicas() * ports + " of " + service.hash());
            }
        }
        if (!service.job()) {
            List<FakeContainer> running = containers(host).stream()
                    .filter(container -> container.service().equals(service.name()) && container.running())
                    .toList();
            long wanted = running.stream()
                    .filter(container -> container.hash().equals(service.hash()))
                    .count();
            if (wanted < service.replicas()) {
                fail(host + " runs " + wanted + " of " + service.replicas() + " of " + service.name());
            }
            running.stream()
                    .filter(container -> container.hash().equals(service.hash()))
                    .forEach(container -> checkNeighbours(host, container));
            if (!routed && running.size() != service.replicas()) {
                fail(host + " runs " + service.name() + " of two releases side by side: " + names(running));
            }
        }
    }

    /** Each name that a container knows by heart leads to the container that the release wants. */
    private void checkNeighbours(HostId host, FakeContainer container) {
        container.spec.networking().neighbours().forEach(neighbour -> {
            String address = container.neighbours().getOrDefault(neighbour.service(), "nowhere");
            Optional<String> found = world.access(host).machine().at(address).map(FakeContainer::hash);
            String wanted = release.desired()
                    .workload(host.region())
                    .service(neighbour.service())
                    .map(Service::hash)
                    .orElse("");
            boolean known = neighbour.names().stream()
                    .allMatch(name -> container.spec.networking().extraHosts().contains(name + ":" + address));
            if (!known || !found.equals(Optional.of(wanted))) {
                throw new Violation("N: " + when + " " + container.name + " on " + host + " takes " + found + " at "
                        + address + " for " + neighbour.service() + " " + wanted);
            }
        });
    }

    private void checkCommitted(HostId host) {
        Optional<String> committed = world.access(host).files().peek("apps/" + RandomApp.NAME + "/committed");
        String id = release.desired().release().value();
        if (!committed.map(String::strip).equals(Optional.of(id))) {
            fail(host + " has " + committed + " as its committed release instead of " + id);
        }
        world.proxy(host).services().forEach(service -> {
            Set<Object> ready = world.proxy(host).slots(service).stream()
                    .filter(FakeProxy.Slot::ready)
                    .map(FakeProxy.Slot::server)
                    .collect(Collectors.toSet());
            Set<Object> kept = Set.copyOf(world.proxy(host).committed().getOrDefault(service, List.of()));
            if (!ready.equals(kept)) {
                fail("the proxy of " + host + " would serve " + kept + " after a restart instead of " + ready);
            }
        });
        for (FakeContainer container : containers(host)) {
            boolean wanted = wants(host, container);
            checkName(host, container, wanted);
            boolean restarts = container.policy.mode() != RestartPolicy.Mode.NO;
            if (wanted != restarts && !isJob(host, container)) {
                fail(container.name + " on " + host + " has the restart policy " + container.policy);
            }
        }
    }

    /** What the release wants has the name that the release gives it; everything else has one of its own. */
    private void checkName(HostId host, FakeContainer container, boolean wanted) {
        String own = RandomApp.NAME + "-" + host.region() + "-" + container.service() + "-"
                + container.hash().substring(0, 6) + "-" + container.label(dev.portolan.model.Labels.REPLICA);
        Optional<String> given = release.desired()
                .workload(host.region())
                .service(container.service())
                .filter(service -> wanted)
                .flatMap(Service::containerName);
        if (!container.name.equals(given.orElse(own))) {
            fail(container.name + " on " + host + " is not called " + given.orElse(own));
        }
    }

    /** After what was kept is over, or at once when nothing is: only what the release wants runs or exists. */
    void checkNothingElse() {
        for (HostId host : world.hosts()) {
            containers(host).stream()
                    .filter(container -> container.running() && !wants(host, container))
                    .findFirst()
                    .ifPresent(container -> fail(container.name + " still runs on " + host));
        }
    }

    private boolean wants(HostId host, FakeContainer container) {
        return release.desired()
                .workload(host.region())
                .service(container.service())
                .filter(service -> service.hash().equals(container.hash()))
                .filter(service ->
                        Integer.parseInt(container.label(dev.portolan.model.Labels.REPLICA)) <= service.replicas())
                .isPresent();
    }

    private boolean isJob(HostId host, FakeContainer container) {
        return release.desired()
                .workload(host.region())
                .service(container.service())
                .map(Service::job)
                .orElse(false);
    }

    private List<FakeContainer> containers(HostId host) {
        return world.access(host).machine().containers.values().stream()
                .filter(container -> container.region().equals(host.region()))
                .toList();
    }

    private static List<String> names(List<FakeContainer> containers) {
        return containers.stream().map(container -> container.name).toList();
    }

    private void fail(String what) {
        throw new Violation("I4: " + when + " " + what);
    }
}
