package dev.portolan.simulation;

import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Every operation of a fake passes here: it takes simulated time, another thread may go on meanwhile, and a fault may strike
 * before or after it takes effect.
 */
final class Operations {
    private static final long MILLISECOND = 1_000_000;
    private static final long TIME_OUT = 3_000 * MILLISECOND;

    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final Faults faults;
    private final Invariants invariants;
    private final Trace trace;
    private long count;
    private long changes;

    Operations(Scheduler scheduler, SplittableRandom random, Faults faults, Invariants invariants, Trace trace) {
        this.scheduler = scheduler;
        this.random = random;
        this.faults = faults;
        this.invariants = invariants;
        this.trace = trace;
    }

    /** What an operation does to the world. */
    enum Kind {
        READS,
        CHANGES
    }

    /** How many operations changed something, or would have if there had been a difference. */
    long changes() {
        return changes;
    }

    /**
     * Does one operation.
     *
     * @param machine that must be reachable
     * @param what for the trace and for error messages
     * @param refusal makes the exception of a fault
     */
    <T, E extends Exception> T perform(
            FakeMachine machine, Kind kind, String what, Supplier<T> effect, Function<String, E> refusal) throws E {
        Faults.Strike strike = faults.next(++count, what);
        long latency = random.nextLong(1, 30) * MILLISECOND;
        scheduler.sleep(strike == Faults.Strike.SLOW ? latency * 200 : latency);
        CommandRun command = scheduler.owner();
        if (strike.onTheWorld()) {
            faults.strike(strike, machine, command);
            scheduler.point();
        }
        if (!machine.reachable()) {
            scheduler.sleep(TIME_OUT);
            if (!machine.reachable()) {
                trace.note(() -> command + ": " + machine.name + " does not answer: " + what);
                throw refusal.apply(machine.name + " does not answer: " + what);
            }
        }
        if (strike == Faults.Strike.REFUSE) {
            trace.note(() -> "FAULT " + command + ": " + machine.name + " refuses: " + what);
            throw refusal.apply(machine.name + " refuses: " + what);
        }
        if (strike == Faults.Strike.KILL_BEFORE) {
            kill(command, "before", what);
        }
        if (kind == Kind.CHANGES) {
            changes++;
            trace.note(() -> command + ": " + machine.name + " " + what);
            invariants.beforeChange(command, machine, what);
        }
        T result = effect.get();
        if (strike == Faults.Strike.KILL_AFTER) {
            kill(command, "after", what);
        }
        if (strike == Faults.Strike.BREAK) {
            trace.note(() -> "FAULT " + command + ": the answer is lost: " + machine.name + " " + what);
            throw refusal.apply("the connection to " + machine.name + " broke: " + what);
        }
        return result;
    }

    private void kill(CommandRun command, String when, String what) {
        trace.note(() -> "FAULT kill -9 of " + command + " " + when + " " + what);
        scheduler.kill(command);
        scheduler.point();
    }
}
