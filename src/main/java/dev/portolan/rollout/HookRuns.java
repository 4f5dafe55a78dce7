package dev.portolan.rollout;

import dev.portolan.model.Hook;
import dev.portolan.model.UserError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Runs the hooks of a container: each has a limit of its own, so that one that hangs holds nothing up for long. */
final class HookRuns {
    private static final int LAST_LINES = 5;

    private final String container;
    private final Duration limit;
    private final Engine engine;

    /** @param limit for each hook */
    HookRuns(String container, Duration limit, Engine engine) {
        this.container = container;
        this.limit = limit;
        this.engine = engine;
    }

    /** As {@link dev.portolan.docker.ContainerEngine#runHook}. */
    interface Engine {
        OptionalInt run(String container, Hook hook, Duration limit, Consumer<String> lines);
    }

    /** @throws UserError when a hook fails; those after it are not run */
    void afterStart(List<Hook> hooks) {
        inOrder("post_start", hooks, "raise rollout.healthy");
    }

    /** @param notices where one that fails is said; those after it are not run */
    void beforeStop(List<Hook> hooks, Consumer<String> notices) {
        try {
            inOrder("pre_stop", hooks, "raise stop_grace_period");
        } catch (UserError failed) {
            notices.accept(failed.getMessage() + "; the container is stopped all the same");
        }
    }

    /** A hook is known by its place in the file and not by its command, since that may have a secret in it. */
    private void inOrder(String key, List<Hook> hooks, String moreTime) {
        for (int index = 0; index < hooks.size(); index++) {
            run(hooks.get(index), container + ": " + key + "[" + index + "]", moreTime);
        }
    }

    private void run(Hook hook, String name, String moreTime) {
        Deque<String> last = new ArrayDeque<>();
        OptionalInt exitCode = engine.run(container, hook, limit, line -> {
            last.addLast(line);
            if (last.size() > LAST_LINES) {
                last.removeFirst();
            }
        });
        String said = last.isEmpty() ? ", and wrote nothing" : ", and wrote last: " + String.join(" | ", last);
        if (exitCode.isEmpty()) {
            throw new UserError(
                    name + " did not end within " + limit.toSeconds() + " s" + said,
                    "make it end sooner, or " + moreTime);
        }
        if (exitCode.getAsInt() != 0) {
            throw new UserError(
                    name + " exited with " + exitCode.getAsInt() + said,
                    "correct the hook in the Compose file and deploy again");
        }
    }
}
