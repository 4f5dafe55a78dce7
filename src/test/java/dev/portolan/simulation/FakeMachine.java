package dev.portolan.simulation;

import dev.portolan.model.ContainerState.Status;
import dev.portolan.model.ProxyServer;
import dev.portolan.model.RestartPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A machine with an engine: its containers and what becomes of them without anybody's command. */
final class FakeMachine {
    private static final long MILLISECOND = 1_000_000;
    private static final long LONGEST_BACKOFF = 60_000 * MILLISECOND;

    /** A network far away that every machine has a route to. */
    static final String VPN = "10.213.0.0/23";

    final String name;
    final Map<String, FakeContainer> containers = new LinkedHashMap<>();
    /** Subnet and dynamic range by name. */
    final Map<String, Subnet> networks = new TreeMap<>();

    final Set<String> volumes = new TreeSet<>();
    final Set<String> images = new TreeSet<>();
    /** Digests of files of the project. */
    final Set<String> contents = new TreeSet<>();

    final List<FakeProxy> proxies = new ArrayList<>();
    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final Trace trace;
    private Consumer<FakeMachine> afterBoot = _ -> {};
    private Consumer<FakeContainer> commandEnded = _ -> {};
    private boolean up = true;
    private long unreachableUntil;
    private int boots;
    int created;

    record Subnet(String subnet, String dynamicRange) {}

    FakeMachine(String name, Scheduler scheduler, SplittableRandom random, Trace trace) {
        this.name = name;
        this.scheduler = scheduler;
        this.random = random;
        this.trace = trace;
    }

    /** As on a real one, those of the engine's networks are among them. */
    Set<String> routes() {
        Set<String> routes = new TreeSet<>(Set.of(VPN));
        networks.values().forEach(network -> routes.add(network.subnet()));
        return routes;
    }

    boolean up() {
        return up;
    }

    /** Whether a command can talk to it now. */
    boolean reachable() {
        return up && scheduler.now() >= unreachableUntil;
    }

    void partitionFor(long nanoseconds) {
        unreachableUntil = scheduler.now() + nanoseconds;
        trace.note(() -> "FAULT " + name + " cannot be reached for " + nanoseconds / MILLISECOND + " ms");
    }

    Optional<FakeContainer> find(String nameOrId) {
        FakeContainer byName = containers.get(nameOrId);
        return byName != null
                ? Optional.of(byName)
                : containers.values().stream()
                        .filter(container -> container.id.equals(nameOrId))
                        .findFirst();
    }

    /** The container that a proxy was told of, whatever it is called by now. */
    Optional<FakeContainer> known(ProxyServer server) {
        return containers.values().stream()
                .filter(container -> container.wasCalled(server.container())
                        && container.fixedAddress.equals(Optional.of(server.address())))
                .findFirst();
    }

    void rename(FakeContainer container, String name) {
        containers.remove(container.name);
        container.rename(name);
        containers.put(name, container);
    }

    /** Whose process listens at an address, if any. */
    Optional<FakeContainer> at(String address) {
        for (FakeContainer container : containers.values()) {
            if (container.address.equals(address) && container.running()) {
                return Optional.of(container);
            }
        }
        return Optional.empty();
    }

    /** @return why it cannot start, if so */
    Optional<String> start(FakeContainer container) {
        if (container.running()) {
            return Optional.empty();
        }
        if (container.network().isPresent()) {
            Subnet network = networks.get(container.network().get());
            if (network == null) {
                return Optional.of("network " + container.network().get() + " not found");
            }
            String address = container.fixedAddress.orElseGet(() -> dynamicAddress(network));
            Optional<FakeContainer> holder = at(address);
            if (holder.isPresent()) {
                return Optional.of("Address already in use: " + address + " by " + holder.get().name);
            }
            container.address = address;
        }
        container.status = Status.RUNNING;
        container.exitCode = Optional.empty();
        container.startedAt = scheduler.now();
        container.stoppedByHand = false;
        int life = ++container.life;
        container
                .behaviour
                .endsAfter()
                .ifPresent(time -> scheduler.after(time, () -> {
                    if (container.life == life && container.running()) {
                        die(container, container.behaviour.exitCode());
                    }
                }));
        return Optional.empty();
    }

    private String dynamicAddress(Subnet network) {
        List<String> free = Addresses.in(network.dynamicRange()).stream()
                .filter(address -> at(address).isEmpty())
                .toList();
        return free.get(random.nextInt(free.size()));
    }

    /** Its process ends; requests in flight break. */
    void end(FakeContainer container, int exitCode) {
        container.status = Status.EXITED;
        container.exitCode = Optional.of(exitCode);
        container.address = "";
        List.copyOf(container.inFlight()).forEach(FakeRequest::close);
    }

    /** Its process ends by itself, and the engine does what the container's policy says. */
    void die(FakeContainer container, int exitCode) {
        trace.note(() -> name + ": " + container.name + " ended by itself with " + exitCode);
        end(container, exitCode);
        if (exitCode == 0 && CommandRules.isCommand(container)) {
            commandEnded.accept(container);
        }
        restartLater(container, exitCode, 100 * MILLISECOND);
    }

    private void restartLater(FakeContainer container, int exitCode, long backoff) {
        int boot = boots;
        int life = container.life;
        scheduler.after(backoff, () -> {
            boolean same = boots == boot && up && container.life == life && !container.running();
            if (same && containers.containsValue(container) && restarts(container.policy, exitCode)) {
                if (container.stoppedByHand) {
                    return;
                }
                trace.note(() -> name + ": the engine restarts " + container.name);
                if (start(container).isPresent()) {
                    restartLater(container, exitCode, Math.min(LONGEST_BACKOFF, backoff * 2));
                }
            }
        });
    }

    private static boolean restarts(RestartPolicy policy, int exitCode) {
        return switch (policy.mode()) {
            case NO -> false;
            case ALWAYS, UNLESS_STOPPED -> true;
            case ON_FAILURE -> exitCode != 0;
        };
    }

    /** Power cut; after a while it boots, and runs what its engine restarts by itself. */
    void powerCut(long downFor) {
        if (!up) {
            return;
        }
        trace.note(() -> "FAULT power cut of " + name);
        up = false;
        boots++;
        int boot = boots;
        for (FakeContainer container : containers.values()) {
            if (container.running()) {
                end(container, 137);
            }
        }
        proxies.forEach(FakeProxy::lose);
        scheduler.after(downFor, () -> {
            if (boots == boot) {
                boot();
            }
        });
    }

    private void boot() {
        trace.note(() -> name + " boots");
        up = true;
        startWhatTheEngineRestarts();
        proxies.forEach(FakeProxy::boot);
        afterBoot.accept(this);
    }

    /** Told after each boot, when what the engine restarts by itself is started. */
    void afterBoot(Consumer<FakeMachine> listener) {
        afterBoot = listener;
    }

    /** Told when a release command ends well by itself. */
    void onCommandEnd(Consumer<FakeContainer> listener) {
        commandEnded = listener;
    }

    private void startWhatTheEngineRestarts() {
        List<FakeContainer> order = new ArrayList<>(containers.values());
        for (int i = order.size() - 1; i > 0; i--) {
            order.set(i, order.set(random.nextInt(i + 1), order.get(i)));
        }
        for (FakeContainer container : order) {
            if (!container.running() && restartsAtBoot(container)) {
                Optional<String> problem = start(container);
                trace.note(() -> name + ": boot starts " + container.name
                        + problem.map(p -> ": " + p).orElse(""));
            }
        }
    }

    /** The engine ends and starts again; with live-restore its containers run on. */
    void restartEngine(long downFor) {
        if (!reachable()) {
            return;
        }
        trace.note(() -> "FAULT engine restart on " + name);
        unreachableUntil = scheduler.now() + downFor;
        int boot = boots;
        scheduler.after(downFor, () -> {
            if (boots == boot) {
                startWhatTheEngineRestarts();
            }
        });
    }

    private static boolean restartsAtBoot(FakeContainer container) {
        return switch (container.policy.mode()) {
            case NO -> false;
            case ALWAYS -> true;
            case UNLESS_STOPPED -> !container.stoppedByHand;
            case ON_FAILURE -> container.exitCode.orElse(0) != 0;
        };
    }
}
