package dev.portolan.simulation;

import dev.portolan.fleet.Fleet;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.Labels;
import dev.portolan.model.Region;
import dev.portolan.model.Route;
import dev.portolan.model.UserError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** All that exists outside of the command line: machines, proxies, the traffic layer, readers, and what may go wrong. */
final class World implements Fleet {
    private final Scheduler scheduler;
    private final RandomApp app;
    private final List<String> routed;
    private final Mutation mutation;
    private final Trace trace;
    private final Faults faults;
    private final Invariants invariants;
    private final Operations operations;
    private final FakeTraffic traffic;
    private final Readers readers;
    private final List<FakeMachine> machines = new ArrayList<>();
    private final Map<Long, CommandRun> processes = new HashMap<>();
    private final Map<String, List<HostId>> byRegion = new HashMap<>();
    private int names;
    private final Map<HostId, Access> hosts = new LinkedHashMap<>();

    /** The fakes of one host, by their own types. */
    record Access(FakeMachine machine, FakeEngine engine, FakeProxy proxy, FakeFiles files, FakeTrees trees) {}

    World(SplittableRandom random, boolean traced, int numberOfFaults, Mutation mutation) {
        this.mutation = mutation;
        this.scheduler = new Scheduler(random.split());
        this.trace = new Trace(traced, scheduler);
        this.app = new RandomApp(random.split());
        this.faults = new Faults(scheduler, random.split(), trace, machines, numberOfFaults);
        this.invariants = new Invariants(this, random.nextInt(8) == 0);
        this.operations = new Operations(scheduler, random.split(), faults, invariants, trace);
        this.routed = app.release(0).desired().routes().stream()
                .map(Route::service)
                .distinct()
                .toList();
        SplittableRandom forMachines = random.split();
        FakeMachine edge = new FakeMachine("edge", scheduler, random.split(), trace);
        this.traffic = new FakeTraffic(edge, this);
        this.readers = new Readers(this, random.split());
        FakeMachine shared = new FakeMachine("local", scheduler, random.split(), trace);
        for (Region region : app.regions()) {
            for (Host host : region.hosts()) {
                FakeMachine machine =
                        app.local() ? shared : new FakeMachine(host.id().name(), scheduler, forMachines.split(), trace);
                byRegion.computeIfAbsent(region.name(), _ -> new ArrayList<>()).add(host.id());
                hosts.put(host.id(), access(host.id(), machine, forMachines.split()));
                if (!machines.contains(machine)) {
                    machine.onCommandEnd(container -> invariants.commands().endedWell(container));
                    machine.afterBoot(booted -> new AfterPowerCut(this, booted).check());
                    machines.add(machine);
                }
            }
        }
    }

    private Access access(HostId host, FakeMachine machine, SplittableRandom random) {
        FakeProxy proxy = new FakeProxy(host, machine, this);
        machine.proxies.add(proxy);
        FakeFiles files =
                new FakeFiles("/state/" + host.region(), machine, operations, scheduler, faults, random, invariants);
        return new Access(machine, new FakeEngine(machine, this), proxy, files, new FakeTrees(machine, operations));
    }

    @Override
    public void know(Collection<Host> known) {}

    @Override
    public HostAccess on(HostId host) {
        Access access = access(host);
        if (!access.machine().reachable()) {
            throw new UserError("host " + host + " does not answer", "wait for it");
        }
        return new HostAccess(
                access.engine(), access.proxy(), access.files(), access.machine()::routes, access.trees());
    }

    @Override
    public FakeTraffic traffic() {
        return traffic;
    }

    Access access(HostId host) {
        return Objects.requireNonNull(hosts.get(host), host::toString);
    }

    FakeProxy proxy(HostId host) {
        return access(host).proxy();
    }

    Set<HostId> hosts() {
        return hosts.keySet();
    }

    List<HostId> hostsOf(String region) {
        return byRegion.getOrDefault(region, List.of());
    }

    List<FakeMachine> machines() {
        return machines;
    }

    Mutation mutation() {
        return mutation;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    RandomApp app() {
        return app;
    }

    Trace trace() {
        return trace;
    }

    Faults faults() {
        return faults;
    }

    Invariants invariants() {
        return invariants;
    }

    Operations operations() {
        return operations;
    }

    Readers readers() {
        return readers;
    }

    long now() {
        return scheduler.now();
    }

    Instant instant() {
        return SimulatedRunner.START.plusNanos(scheduler.now());
    }

    void processStarted(long process, CommandRun run) {
        processes.put(process, run);
    }

    /** Whether a process of this machine lives, as the machine itself would know. */
    boolean alive(long process) {
        return Optional.ofNullable(processes.get(process))
                .filter(run -> !run.over())
                .isPresent();
    }

    String uniqueName() {
        return String.format("%08d-0000", ++names);
    }

    /** Whether a person has drained the region. */
    boolean drainedByHand(String region) {
        HostId keeper = app.release(0).desired().keeper().id();
        return access(keeper)
                .files()
                .peek("apps/" + RandomApp.NAME + "/drained/" + region)
                .isPresent();
    }

    /** Whether the plan has warned that readers will find nobody while a service is replaced. */
    boolean interruptible() {
        long open = app.regions().stream()
                .filter(region -> !drainedByHand(region.name()))
                .count();
        return app.interruptible(open);
    }

    /** At which containers of a routed service get requests. */
    List<Integer> portsOf(String service) {
        return Route.ports(app.release(0).desired().routes(), service);
    }

    List<String> routedServices() {
        return routed;
    }

    /** Routed services for which a host of the region has a server that would answer now. */
    Set<String> served(String region) {
        Set<String> served = new TreeSet<>();
        for (HostId host : hostsOf(region)) {
            FakeProxy proxy = proxy(host);
            for (String service : proxy.services()) {
                if (!served.contains(service) && !proxy.serving(service).isEmpty()) {
                    served.add(service);
                }
            }
        }
        return served;
    }

    FakeContainer containerOf(String region, FakeProxy.Slot slot) {
        return hostsOf(region).stream()
                .map(this::proxy)
                .filter(proxy -> proxy.slots().anyMatch(candidate -> candidate == slot))
                .findFirst()
                .flatMap(proxy -> proxy.machine().at(slot.server().address()))
                .orElseThrow();
    }

    Behaviour behaviourOf(Map<String, String> labels) {
        if (labels.containsKey(Labels.RUN_OF)) {
            return app.behaviourOfCommand(labels.getOrDefault(Labels.RELEASE, ""));
        }
        String hash = labels.getOrDefault(Labels.CONFIG_HASH, "");
        return Optional.ofNullable(app.contents().get(hash))
                .map(RandomApp.Content::behaviour)
                .orElseThrow(() -> new Violation("a container of no known content: " + labels));
    }

    static String digestOf(String reference) {
        return "sha256:" + Fingerprint.of(reference);
    }
}
