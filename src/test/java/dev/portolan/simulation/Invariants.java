package dev.portolan.simulation;

import dev.portolan.model.Dependency;
import dev.portolan.model.HostId;
import dev.portolan.model.ProxyServer;
import dev.portolan.model.Service;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Watches every change to the world while it happens. */
final class Invariants {
    private final World world;
    private final boolean thorough;
    private final Progress progress;
    private final CommandRules commands;
    private Optional<CommandRun> lockHolder = Optional.empty();
    /** Threads of a command that lost its lock which began a step since; each may have been on its way into one. */
    private final Set<Scheduler.Task> strayBegins = new HashSet<>();

    Invariants(World world, boolean thorough) {
        this.thorough = thorough;
        this.world = world;
        this.progress = new Progress(world);
        this.commands = new CommandRules(world);
    }

    CommandRules commands() {
        return commands;
    }

    Progress progress() {
        return progress;
    }

    /** I5: whoever changes a host holds the lock; one that lost it ends the step it is in, and begins no other. */
    void beforeChange(CommandRun command, FakeMachine machine, String what) {
        if (what.contains("/lock")
                || lockHolder.filter(holder -> holder == command).isPresent()) {
            return;
        }
        if (command.lostLock()) {
            boolean begins = what.contains("\"intended\"");
            if (begins && !strayBegins.add(world.scheduler().self())) {
                throw new Violation("I5: " + command + " lost its lock and goes on: " + what);
            }
        } else if (lockHolder.isPresent()) {
            throw new Violation("I5: " + command + " changes " + machine.name + " (" + what + ") while "
                    + lockHolder.get() + " holds the lock");
        }
    }

    /** A file was set or removed atomically. */
    void fileSet(CommandRun command, String path, Optional<String> content) {
        if (!path.endsWith("/lock")) {
            return;
        }
        lockHolder.filter(holder -> holder != command).ifPresent(CommandRun::loseLock);
        lockHolder = content.map(_ -> command);
    }

    /** Something was added to a file. */
    void appended(String content) {
        commands.appended(content);
        if (content.contains("\"type\":\"committed\"")) {
            world.app().releases().stream()
                    .filter(release -> content.contains(
                            "\"release\":\"" + release.desired().release() + "\""))
                    .forEach(progress::decided);
        }
    }

    /** I6 */
    void checkForSecrets(String where, String text) {
        if (text.contains(RandomRelease.SECRET_VALUE)) {
            throw new Violation("I6: a secret's value is in " + where + ": " + text);
        }
    }

    /** I6, for a text that is costly to make: looked at in every eighth world. */
    void checkForSecrets(String where, Supplier<String> text) {
        if (thorough) {
            checkForSecrets(where, text.get());
        }
    }

    /** I1: a command must not take the last origin from a region that has readers. */
    void keepsReaders(String what, Runnable change) {
        Set<String> before = origins();
        change.run();
        Set<String> lost = new HashSet<>(before);
        lost.removeAll(origins());
        boolean promised = progress.committed().isPresent() && !world.interruptible() && anotherServes(before);
        if (!lost.isEmpty() && promised) {
            throw new Violation("I1: " + what + " leaves readers without a healthy origin: " + lost);
        }
    }

    /** Whether a second region serves: the only one is told by the plan that its readers will find nobody for a while. */
    private static boolean anotherServes(Set<String> origins) {
        return origins.stream()
                        .map(origin -> origin.substring(0, origin.indexOf('/')))
                        .distinct()
                        .count()
                > 1;
    }

    private Set<String> origins() {
        Set<String> origins = new HashSet<>();
        world.app().regions().stream()
                .filter(region -> !world.traffic().drained(region.name()))
                .forEach(region ->
                        world.served(region.name()).forEach(service -> origins.add(region.name() + "/" + service)));
        return origins;
    }

    /** I1: readers of a drained region must find another one. */
    void drains(String drained) {
        Set<String> here = world.served(drained);
        Set<String> elsewhere = new HashSet<>();
        world.app().regions().stream()
                .filter(region ->
                        !region.name().equals(drained) && !world.traffic().drained(region.name()))
                .forEach(region -> elsewhere.addAll(world.served(region.name())));
        if (progress.committed().isPresent() && !elsewhere.containsAll(here)) {
            throw new Violation("I1: " + drained + " is drained and its readers have nowhere to go");
        }
    }

    /** I1: a region that gets its readers back has a healthy origin. */
    void undrains(String region) {
        boolean elsewhere = world.app().regions().stream()
                .anyMatch(other -> !other.name().equals(region)
                        && !world.traffic().drained(other.name())
                        && !world.served(other.name()).isEmpty());
        boolean served = world.served(region).containsAll(world.routedServices());
        if (!served && elsewhere && !world.faults().hurtReaders()) {
            throw new Violation("I1: " + region + " gets its readers back without a healthy origin");
        }
    }

    /** I3: a container is about to be ended by a command. */
    void endsByCommand(FakeMachine machine, FakeContainer container) {
        long early = container.inFlight().stream()
                .filter(request -> !world.readers().late(request))
                .count();
        if (early > 0) {
            throw new Violation("I3: " + container.name + " on " + machine.name + " is stopped with " + early
                    + " requests in flight that were not drained");
        }
        for (FakeProxy proxy : machine.proxies) {
            boolean inService = proxy.serving(container.service()).stream()
                    .anyMatch(slot -> slot.server().address().equals(container.address));
            if (inService && !world.traffic().drained(proxy.host().region())) {
                throw new Violation("I3: " + container.name + " on " + machine.name + " is stopped while "
                        + proxy.host() + " sends it requests");
            }
        }
    }

    /** A request must reach the service it is for, and the container that the proxy was told of. */
    void rightContainer(FakeProxy proxy, FakeProxy.Slot slot, String service) {
        proxy.machine().at(slot.server().address()).ifPresent(container -> {
            if (!container.service().equals(service)
                    || !container.wasCalled(slot.server().container())) {
                throw new Violation("W: " + proxy.host() + " sends requests for " + service + " to " + container.name
                        + " at the address of " + slot.server().container());
            }
        });
    }

    /** A command has started a container. */
    void started(FakeMachine machine, FakeContainer container) {
        if (CommandRules.isCommand(container)) {
            commands.started(machine, container);
            return;
        }
        List<HostId> here = world.hostsOf(container.region()).stream()
                .filter(host -> world.access(host).machine() == machine)
                .toList();
        here.forEach(host -> progress.started(host, container.service(), container.hash()));
        namesAreTrue(machine);
        if (!world.faults().hurtReaders()) {
            checkDependencies(machine, container);
            checkNotBesideOld(machine, container);
        }
    }

    /** A proxy sends the requests of a route to exactly these servers, soon. */
    void inService(FakeProxy proxy, String service, List<ProxyServer> servers) {
        servers.forEach(server -> proxy.machine()
                .known(server)
                .ifPresent(container -> progress.started(proxy.host(), service, container.hash())));
    }

    /** What a container knows by heart is the address of the service that it means, or of nobody: never of another. */
    void namesAreTrue(FakeMachine machine) {
        for (FakeContainer container : machine.containers.values()) {
            container
                    .neighbours()
                    .forEach((service, address) -> machine.at(address)
                            .filter(other -> !other.service().equals(service)
                                    || !other.region().equals(container.region()))
                            .ifPresent(other -> {
                                throw new Violation("N: " + container.name + " on " + machine.name + " takes "
                                        + other.name + " at " + address + " for " + service);
                            }));
        }
    }

    private void checkDependencies(FakeMachine machine, FakeContainer container) {
        serviceOf(container).stream()
                .flatMap(service -> service.dependencies().stream())
                .forEach(dependency -> {
                    boolean met = machine.containers.values().stream()
                            .filter(other -> other.service().equals(dependency.service())
                                    && other.region().equals(container.region()))
                            .anyMatch(other -> met(dependency, other));
                    if (!met) {
                        throw new Violation(
                                "D: " + container.name + " starts on " + machine.name + " before " + dependency);
                    }
                });
    }

    private boolean met(Dependency dependency, FakeContainer other) {
        return switch (dependency.condition()) {
            case STARTED -> other.running();
            case HEALTHY -> other.running() && (other.spec.healthTest().isEmpty() || other.serves(world.now()));
            case COMPLETED -> other.exitCode.equals(Optional.of(0));
        };
    }

    private void checkNotBesideOld(FakeMachine machine, FakeContainer container) {
        boolean stopFirst = serviceOf(container)
                .filter(service -> service.order() == dev.portolan.model.UpdateOrder.STOP_FIRST)
                .isPresent();
        machine.containers.values().stream()
                .filter(other -> stopFirst
                        && other.running()
                        && other.service().equals(container.service())
                        && other.region().equals(container.region())
                        && !other.hash().equals(container.hash()))
                .findFirst()
                .ifPresent(other -> {
                    throw new Violation("S: " + container.name + " starts on " + machine.name + " beside " + other.name
                            + " although it is to be replaced stop-first");
                });
    }

    private Optional<Service> serviceOf(FakeContainer container) {
        Map<String, Service> byHash = new LinkedHashMap<>();
        world.app()
                .releases()
                .forEach(release -> release.desired()
                        .workload(container.region())
                        .services()
                        .forEach(service -> byHash.put(service.hash(), service)));
        return Optional.ofNullable(byHash.get(container.hash()));
    }
}
