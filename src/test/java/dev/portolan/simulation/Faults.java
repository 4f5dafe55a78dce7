package dev.portolan.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Which faults strike at which operation, drawn from the seed. */
final class Faults {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000 * MILLISECOND;

    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final Trace trace;
    private final List<FakeMachine> machines;
    private final Map<Long, Strike> plan = new TreeMap<>();
    private final List<Strike> struck = new ArrayList<>();
    private boolean on = true;

    /** What may happen at an operation. */
    enum Strike {
        NOTHING,
        SLOW,
        /** It fails and has no effect. */
        REFUSE,
        /** It takes effect, and the command hears of an error. */
        BREAK,
        KILL_BEFORE,
        KILL_AFTER,
        POWER_CUT,
        UNREACHABLE,
        ENGINE_RESTART,
        PROXY_KILLED,
        CONTAINER_DIES,
        CANCEL,
        FREEZE;

        boolean onTheWorld() {
            return switch (this) {
                case NOTHING, SLOW, REFUSE, BREAK, KILL_BEFORE, KILL_AFTER -> false;
                case POWER_CUT, UNREACHABLE, ENGINE_RESTART, PROXY_KILLED, CONTAINER_DIES, CANCEL, FREEZE -> true;
            };
        }

        /** Whether it may take an origin from the readers without any command's doing. */
        boolean hurtsReaders() {
            return switch (this) {
                case NOTHING, SLOW, REFUSE, BREAK, KILL_BEFORE, KILL_AFTER, UNREACHABLE, CANCEL, FREEZE -> false;
                case POWER_CUT, ENGINE_RESTART, PROXY_KILLED, CONTAINER_DIES -> true;
            };
        }
    }

    Faults(Scheduler scheduler, SplittableRandom random, Trace trace, List<FakeMachine> machines, int number) {
        this.scheduler = scheduler;
        this.random = random;
        this.trace = trace;
        this.machines = machines;
        Strike[] kinds = Strike.values();
        for (int i = 0; i < number; i++) {
            long horizon = 20L << random.nextInt(7);
            plan.put(random.nextLong(1, horizon), kinds[random.nextInt(1, kinds.length)]);
        }
    }

    void end() {
        on = false;
    }

    /** Those that struck so far. */
    List<Strike> struck() {
        return struck;
    }

    /** Whether one struck that may take an origin from the readers by itself. */
    boolean hurtReaders() {
        return struck.stream().anyMatch(Strike::hurtsReaders);
    }

    Strike next(long operation) {
        Strike strike = plan.getOrDefault(operation, Strike.NOTHING);
        if (!on || strike == Strike.NOTHING) {
            return Strike.NOTHING;
        }
        struck.add(strike);
        return strike;
    }

    /** @param machine on which the operation is going on */
    void strike(Strike strike, FakeMachine machine, CommandRun command) {
        FakeMachine victim = random.nextBoolean() ? machine : machines.get(random.nextInt(machines.size()));
        switch (strike) {
            case NOTHING, SLOW, REFUSE, BREAK, KILL_BEFORE, KILL_AFTER -> {}
            case POWER_CUT -> victim.powerCut(random.nextLong(1, 20) * SECOND);
            case UNREACHABLE -> victim.partitionFor(random.nextLong(500, 30_000) * MILLISECOND);
            case ENGINE_RESTART -> victim.restartEngine(random.nextLong(100, 5_000) * MILLISECOND);
            case PROXY_KILLED -> proxyKilled(victim);
            case CONTAINER_DIES -> containerDies(victim);
            case CANCEL -> {
                trace.note(() -> "FAULT Ctrl-C for " + command);
                command.cancel();
            }
            case FREEZE -> {
                long seconds = random.nextLong(5, 200);
                trace.note(() -> "FAULT " + command + " is frozen for " + seconds + " s");
                command.freezeUntil(scheduler.now() + seconds * SECOND);
            }
        }
    }

    private void proxyKilled(FakeMachine victim) {
        List<FakeProxy> running =
                victim.proxies.stream().filter(FakeProxy::running).toList();
        if (!running.isEmpty()) {
            running.get(random.nextInt(running.size())).kill(random.nextLong(50, 2_000) * MILLISECOND);
        }
    }

    private void containerDies(FakeMachine victim) {
        List<FakeContainer> running = victim.containers.values().stream()
                .filter(FakeContainer::running)
                .toList();
        if (!running.isEmpty()) {
            FakeContainer container = running.get(random.nextInt(running.size()));
            trace.note(() -> "FAULT " + container.name + " on " + victim.name + " is killed");
            victim.die(container, 137);
        }
    }
}
