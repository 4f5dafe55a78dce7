package dev.portolan.rollout;

import dev.portolan.fleet.TaskRunner;
import dev.portolan.proxy.ProxyGone;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What is done with a proxy that has just died: the engine brings it back within about half a second, so it is asked again for a
 * while. One that stays away, or dies again and again, is a failure all the same.
 */
final class Patience {
    /** From the first time that it was found gone. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final TaskRunner runner;

    Patience(TaskRunner runner) {
        this.runner = runner;
    }

    /**
     * Asks a proxy.
     *
     * @param question may be asked again as a whole
     * @throws ProxyGone when the proxy does not come back
     */
    <T> T ask(Guard guard, Supplier<T> question) {
        boolean gone = false;
        var end = runner.now();
        while (true) {
            try {
                return question.get();
            } catch (ProxyGone absent) {
                guard.check();
                if (!gone) {
                    gone = true;
                    end = runner.now().plus(LIMIT);
                } else if (runner.now().isAfter(end)) {
                    throw absent;
                }
            }
            runner.sleep(BETWEEN);
        }
    }

    /** As above, for a change. */
    void run(Guard guard, Runnable change) {
        ask(guard, () -> {
            change.run();
            return true;
        });
    }
}
