package dev.portolan.simulation;

import dev.portolan.rollout.RolloutState;
import java.util.List;
import java.util.SplittableRandom;

/** One seed: a world, an app, a script and its faults. The same seed is the same to the last step. */
final class Simulation {
    private final long seed;
    private final World world;
    private final Script script;

    private Simulation(long seed, boolean traced, Mutation mutation) {
        this.seed = seed;
        SplittableRandom random = new SplittableRandom(seed);
        int faults = Math.max(0, random.nextInt(8) - 1);
        this.world = new World(random, traced, faults, mutation);
        this.script = new Script(world, random.split());
    }

    /**
     * What came of it; small, for a hundred thousand of them are kept at once.
     *
     * @param ends how the rollouts of its commands ended, one by one
     * @param killed how many commands were killed
     * @param faults how many struck
     * @param sent requests of readers
     * @param trace what happened; empty unless asked for
     */
    record Report(long seed, List<RolloutState> ends, long killed, int faults, long sent, List<String> trace) {}

    /** @throws AssertionError naming the invariant, the seed, and all that happened, when something does not hold */
    static Report run(long seed) {
        try {
            return new Simulation(seed, false, Mutation.NONE).play();
        } catch (AssertionError failure) {
            throw explained(seed, failure);
        }
    }

    /** @throws AssertionError when the bug does harm and is noticed */
    static Report mutated(long seed, Mutation mutation) {
        return new Simulation(seed, false, mutation).play();
    }

    static Report traced(long seed) {
        return new Simulation(seed, true, Mutation.NONE).play();
    }

    private Report play() {
        world.scheduler().run(script::play);
        List<RolloutState> ends = script.commands().stream()
                .flatMap(command -> command.result().stream())
                .flatMap(result -> result.state().stream())
                .toList();
        return new Report(
                seed,
                ends,
                script.commands().stream()
                        .filter(command -> command.run().killed())
                        .count(),
                world.faults().struck().size(),
                world.readers().sent(),
                world.trace().lines());
    }

    private static AssertionError explained(long seed, AssertionError failure) {
        Simulation again = new Simulation(seed, true, Mutation.NONE);
        String replay = "it did not fail when it was replayed: the simulation is not deterministic";
        try {
            again.play();
        } catch (AssertionError same) {
            replay = String.valueOf(same.getMessage());
        }
        AssertionError explained = new AssertionError("seed " + seed + ": " + failure.getMessage()
                + "\nreplay it with -Dsimulation.seed=" + seed + "\nreplayed: " + replay + "\nwhat happened:\n"
                + String.join("\n", again.world.trace().lines()));
        explained.initCause(failure);
        return explained;
    }
}
