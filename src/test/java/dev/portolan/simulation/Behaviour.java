package dev.portolan.simulation;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How the containers of one content behave.
 *
 * @param readyAfter nanoseconds from the start until it answers
 * @param neverReady whether it never does
 * @param endsAfter nanoseconds after which its process ends by itself, such as a job
 * @param exitCode of that end
 * @param errorPercent of its answers are 500
 * @param stopsAfter nanoseconds from the stop signal to its end
 */
record Behaviour(
        long readyAfter,
        boolean neverReady,
        Optional<Long> endsAfter,
        int exitCode,
        int errorPercent,
        long stopsAfter) {
    private static final long MILLISECOND = 1_000_000;

    static Behaviour good(SplittableRandom random) {
        return new Behaviour(
                random.nextLong(50, 3000) * MILLISECOND,
                false,
                Optional.empty(),
                0,
                0,
                random.nextLong(10, 800) * MILLISECOND);
    }

    static Behaviour job(SplittableRandom random, int exitCode) {
        Behaviour good = good(random);
        long end = random.nextLong(100, 4000) * MILLISECOND;
        return new Behaviour(good.readyAfter, false, Optional.of(end), exitCode, 0, good.stopsAfter);
    }

    /** A release command: one that fails exits with 1, or does not end in time. */
    static Behaviour command(SplittableRandom random, boolean fails, Duration limit) {
        Behaviour job = job(random, fails ? 1 : 0);
        boolean hangs = fails && random.nextInt(3) == 0;
        Optional<Long> end = hangs ? Optional.of(limit.multipliedBy(2).toNanos()) : job.endsAfter;
        return new Behaviour(job.readyAfter, false, end, job.exitCode, 0, job.stopsAfter);
    }

    /** Deaf, dying soon, or failing only under real requests. */
    static Behaviour broken(SplittableRandom random, boolean routed) {
        Behaviour good = good(random);
        return switch (random.nextInt(routed ? 3 : 2)) {
            case 0 -> new Behaviour(good.readyAfter, true, Optional.empty(), 0, 0, good.stopsAfter);
            case 1 ->
                new Behaviour(
                        good.readyAfter,
                        false,
                        Optional.of(random.nextLong(1, good.readyAfter)),
                        1,
                        0,
                        good.stopsAfter);
            default -> new Behaviour(good.readyAfter, false, Optional.empty(), 0, 60, good.stopsAfter);
        };
    }

    /**
     * Whether it must be found out before readers meet it.
     *
     * @param checked whether somebody asks such a container for its health
     */
    boolean hopeless(boolean checked) {
        return exitCode != 0 || (neverReady && checked);
    }

    /** Whether a release with such containers must be refused. */
    boolean bad() {
        return neverReady || errorPercent > 0 || exitCode != 0;
    }
}
