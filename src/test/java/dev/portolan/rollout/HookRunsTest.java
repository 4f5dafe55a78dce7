package dev.portolan.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.Hook;
import dev.portolan.model.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HookRunsTest {
    private static final List<Hook> THREE =
            List.of(new Hook(List.of("first")), new Hook(List.of("second", "password")), new Hook(List.of("third")));

    private final List<String> ran = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final List<String> output = new ArrayList<>();
    private OptionalInt exitOfSecond = OptionalInt.of(0);

    private final HookRuns hooks = new HookRuns("shop-web-1", Duration.ofSeconds(7), this::run);

    private OptionalInt run(String container, Hook hook, Duration limit, Consumer<String> lines) {
        String name = hook.command().getFirst();
        ran.add(name + " in " + container + " for " + limit);
        if (!name.equals("second")) {
            return OptionalInt.of(0);
        }
        output.forEach(lines);
        return exitOfSecond;
    }

    @Test
    void hooksRunInTheirOrderEachWithTheWholeLimit() {
        hooks.afterStart(THREE);

        assertThat(ran)
                .containsExactly(
                        "first in shop-web-1 for PT7S",
                        "second in shop-web-1 for PT7S",
                        "third in shop-web-1 for PT7S");
    }

    @Test
    void aHookThatFailsAfterAStartIsAnErrorWithTheLastThingsThatItWrote() {
        exitOfSecond = OptionalInt.of(3);
        output.addAll(List.of("1", "2", "3", "4", "5", "6"));

        assertThatThrownBy(() -> hooks.afterStart(THREE))
                .isInstanceOf(UserError.class)
                .hasMessage("shop-web-1: post_start[1] exited with 3, and wrote last: 2 | 3 | 4 | 5 | 6");
        assertThat(ran).hasSize(2);
    }

    @Test
    void aHookThatHangsIsAnErrorThatNamesTheLimit() {
        exitOfSecond = OptionalInt.empty();

        assertThatThrownBy(() -> hooks.afterStart(THREE))
                .isInstanceOfSatisfying(
                        UserError.class,
                        failed -> assertThat(failed.remedy()).isEqualTo("make it end sooner, or raise rollout.healthy"))
                .hasMessage("shop-web-1: post_start[1] did not end within 7 s, and wrote nothing");
    }

    @Test
    void aHookThatFailsBeforeAStopIsSaidAndTheStopGoesOn() {
        exitOfSecond = OptionalInt.of(1);
        output.add("no such file");

        hooks.beforeStop(THREE, notices::add);

        assertThat(notices)
                .containsExactly(
                        "shop-web-1: pre_stop[1] exited with 1, and wrote last: no such file; the container is stopped"
                                + " all the same");
        assertThat(ran).hasSize(2);
    }

    @Test
    void hooksBeforeAStopThatSucceedSayNothing() {
        hooks.beforeStop(THREE, notices::add);

        assertThat(ran).hasSize(3);
        assertThat(notices).isEmpty();
    }
}
