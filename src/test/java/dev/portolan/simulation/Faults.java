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
    private final List<Aim> aimed = new ArrayList<>();
    private final List<Strike> struck = new ArrayList<>();
    private boolean on = true;

    /** Moments that are short, and at which much is at stake. */
    private static final List<String> MOMENTS = List.of(
            "restart policy",
            "commit",
            "/committed",
            "cut over",
            "readers to",
            "drain",
            "stop ",
            "remove ",
            "create ",
            "lock",
            "\"started\"",
            "\"committed\"",
            "going-back",
            "\"ended\"");

    /** Strikes at the so many-th operation of a kind. */
    private static final class Aim {
        private final String moment;
        private final Strike kind;
        private int left;

        Aim(String moment, Strike kind, int left) {
            this.moment = moment;
            this.kind = kind;
            this.left = left;
        }

        boolean hits(String what) {
            return left > 0 && what.contains(moment) && --left == 0;
        }
    }

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
            Strike kind = kinds[random.nextInt(1, kinds.length)];
            if (random.nextBoolean()) {
                plan.put(random.nextLong(1, 40L << random.nextInt(8)), kind);
            } else {
                aimed.add(new Aim(MOMENTS.get(random.nextInt(MOMENTS.size())), kind, random.nextInt(1, 25)));
            }
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

    /**
     * @param operation its number, from 1
     * @param what it is
     */
    Strike next(long operation, String what) {
        if (!on) {
            return Strike.NOTHING;
        }
        Strike strike = plan.getOrDefault(operation, Strike.NOTHING);
        for (Aim aim : aimed) {
            if (aim.hits(what)) {
                strike = aim.kind;
            }
        }
        if (strike == Strike.NOTHING) {
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
