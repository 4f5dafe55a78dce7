package dev.portolan.simulation;

import dev.portolan.model.HostId;
import dev.portolan.model.ProxyServer;
import dev.portolan.simulation.RandomApp.Release;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** P: after a power cut at any moment a machine serves a committed release by itself, never another one. */
final class AfterPowerCut {
    private final World world;
    private final FakeMachine machine;

    AfterPowerCut(World world, FakeMachine machine) {
        this.world = world;
        this.machine = machine;
    }

    /** Looks at a machine that has just booted. */
    void check() {
        world.invariants().namesAreTrue(machine);
        machine.proxies.forEach(proxy -> proxy.committed()
                .forEach((service, servers) -> servers.forEach(server -> checkServer(proxy, service, server))));
        machine.containers.values().stream().filter(FakeContainer::running).forEach(this::checkCommitted);
        if (nothingUnderWay()) {
            machine.containers.values().stream().filter(FakeContainer::running).forEach(this::checkAlone);
        }
    }

    private void checkServer(FakeProxy proxy, String service, ProxyServer server) {
        Optional<FakeContainer> found = machine.at(server.address());
        if (found.isEmpty()) {
            throw new Violation("P: after a power cut " + proxy.host() + " sends requests for " + service + " to "
                    + server + ", where nothing runs");
        }
        if (!found.get().wasCalled(server.container())) {
            throw new Violation("P: after a power cut " + proxy.host() + " sends requests for " + service + " to "
                    + found.get().name + " at the address of " + server);
        }
    }

    private void checkCommitted(FakeContainer container) {
        boolean ever = world.invariants().progress().decided().stream()
                .anyMatch(release -> release.desired()
                        .workload(container.region())
                        .service(container.service())
                        .filter(service -> service.hash().equals(container.hash()))
                        .isPresent());
        if (!ever) {
            throw new Violation("P: after a power cut " + container.name + " of a release that was never committed"
                    + " runs on " + machine.name);
        }
    }

    private void checkAlone(FakeContainer container) {
        List<String> others = machine.containers.values().stream()
                .filter(other -> other.running()
                        && other.service().equals(container.service())
                        && other.region().equals(container.region())
                        && !other.hash().equals(container.hash()))
                .map(other -> other.name)
                .toList();
        if (!others.isEmpty()) {
            throw new Violation(
                    "P: after a power cut " + container.name + " runs beside " + others + " on " + machine.name);
        }
    }

    /** Every host has been told of the same release, so none is in the middle of a commit. */
    private boolean nothingUnderWay() {
        Set<Optional<String>> told = world.hosts().stream()
                .map((HostId host) -> world.access(host).files().peek("apps/" + RandomApp.NAME + "/committed"))
                .collect(Collectors.toSet());
        Optional<String> decided = world.invariants()
                .progress()
                .committed()
                .map((Release release) -> release.desired().release() + "\n");
        return told.equals(Set.of(decided));
    }
}
