package dev.portolan.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How a release goes out.
 *
 * @param maxParallel how many secondary regions move at once, 1 or more
 * @param monitor how long each wave is watched under real requests before the next one
 * @param keep how long the old containers run on, drained, after the last wave
 * @param drain how long requests in flight may take before a container is stopped all the same
 * @param healthy how long new containers may take to become healthy
 * @param retain how many releases that served can be gone back to, 1 or more, if not the usual number
 * @param skipUnreachable whether hosts that do not answer are left out
 */
public record RolloutSettings(
        int maxParallel,
        Duration monitor,
        Duration keep,
        Duration drain,
        Duration healthy,
        Optional<Integer> retain,
        boolean skipUnreachable) {
    private static final int USUALLY_RETAINED = 5;

    public static final RolloutSettings DEFAULT = new RolloutSettings(
            Integer.MAX_VALUE,
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2));

    /** One that retains the usual number of releases, and leaves no host out. */
    public RolloutSettings(int maxParallel, Duration monitor, Duration keep, Duration drain, Duration healthy) {
        this(maxParallel, monitor, keep, drain, healthy, Optional.empty(), false);
    }

    /** How many releases that served can be gone back to, with the one that serves. */
    public int retained() {
        return retain.orElse(USUALLY_RETAINED);
    }

    /** How long a connection may have to wait for a server while the only one is replaced. */
    public Duration patience() {
        return drain.plus(healthy);
    }
}
