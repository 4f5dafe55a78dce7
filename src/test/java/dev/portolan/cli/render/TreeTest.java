package dev.portolan.cli.render;

import static dev.portolan.cli.render.Story.DUBLIN;
import static dev.portolan.cli.render.Story.NOON;
import static dev.portolan.cli.render.Story.SYDNEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.plan.Plan;
import dev.portolan.rollout.RolloutEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TreeTest {
    private static final ScreenSize WIDE = new ScreenSize(24, 80);

    private final Tree tree = new Tree(Story.PLAIN, Story.PLAN, NOON);

    @Test
    void atFirstEveryHostWaits() {
        assertThat(tree.lines(NOON, WIDE))
                .containsExactly(
                        "wave 1 of 2", "  · sydney/local  waits", "wave 2 of 2", "  · dublin/local  waits", "0:00");
    }

    @Test
    void aHostSaysItsStepAndHowLongItTakes() {
        tree.accept(new RolloutEvent.StepBegan("sydney/local", SYDNEY), NOON);

        assertThat(tree.lines(after(3250), WIDE))
                .containsExactly(
                        "wave 1 of 2",
                        "  ⠹ sydney/local  drain shop-sydney-web-1 (up to 30s)  3.3s",
                        "wave 2 of 2",
                        "  · dublin/local  waits",
                        "0:03");

        tree.accept(new RolloutEvent.StepWent("sydney/local", SYDNEY, "2 requests left"), after(3500));
        assertThat(tree.lines(after(4000), WIDE)).contains("  ⠋ sydney/local  2 requests left  4.0s");

        tree.accept(new RolloutEvent.StepEnded("sydney/local", SYDNEY, Duration.ofMillis(4100)), after(4100));
        tree.accept(new RolloutEvent.WatchBegan(List.of("sydney"), Duration.ofSeconds(10)), after(4100));
        assertThat(tree.lines(after(9100), WIDE))
                .containsExactly(
                        "wave 1 of 2",
                        "  ✔ sydney/local  drain shop-sydney-web-1 (up to 30s)  4.1s",
                        "wave 2 of 2",
                        "  · dublin/local  waits",
                        "  ⠙ watching sydney: 5s of 10s",
                        "0:09");
    }

    @Test
    void goingBackIsSaid() {
        Story.bad().forEach(event -> tree.accept(event, NOON));

        assertThat(tree.lines(NOON, WIDE))
                .containsExactly(
                        "wave 1 of 2",
                        "  ✔ sydney/local  drain shop-sydney-web-1 (up to 30s)  1m15s",
                        "wave 2 of 2",
                        "  · dublin/local  waits",
                        "going back: the proxy does not answer",
                        "0:00");
    }

    @Test
    void aNarrowTerminalGetsLessOfEachLine() {
        tree.accept(new RolloutEvent.StepBegan("sydney/local", SYDNEY), NOON);

        assertThat(tree.lines(after(3250), new ScreenSize(24, 40)))
                .containsExactly(
                        "wave 1 of 2",
                        "  ⠹ sydney/local  drain shop-sydney-we…",
                        "wave 2 of 2",
                        "  · dublin/local  waits",
                        "0:03");
    }

    @Test
    void aLowTerminalShowsWhatIsAtWork() {
        tree.accept(new RolloutEvent.StepBegan("sydney/local", SYDNEY), NOON);

        assertThat(tree.lines(after(3250), new ScreenSize(5, 80)))
                .containsExactly(
                        "  ⠹ sydney/local  drain shop-sydney-web-1 (up to 30s)  3.3s",
                        "  1 more wait or are done",
                        "0:03");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        tree.accept(new RolloutEvent.StepBegan("sydney/local", SYDNEY), NOON);
        tree.accept(new RolloutEvent.StepFailed("dublin/local", DUBLIN, "x".repeat(300) + "\nand more"), NOON);
        tree.accept(new RolloutEvent.GoingBack("y".repeat(300)), NOON);

        for (int columns = 32; columns < 200; columns++) {
            int width = columns;
            assertThat(tree.lines(after(99_000), new ScreenSize(24, columns)))
                    .allMatch(line -> line.length() < width && !line.contains("\n"));
        }
    }

    @Test
    void withoutUnicodeItIsAscii() {
        Tree ascii = new Tree(Story.ASCII, Story.PLAN, NOON);
        ascii.accept(new RolloutEvent.StepBegan("sydney/local", SYDNEY), NOON);
        ascii.accept(new RolloutEvent.StepEnded("dublin/local", DUBLIN, Duration.ofMillis(5)), NOON);

        assertThat(ascii.lines(after(100), new ScreenSize(24, 40)))
                .allMatch(line -> line.chars().allMatch(character -> character < 128))
                .contains("  / sydney/local  drain shop-sydney-we~", "  + dublin/local  drain shop-dublin-we~");
    }

    @Test
    void whatThePlanDidNotNameGetsALineToo() {
        Plan empty = new Plan(
                "shop",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        Tree bare = new Tree(Story.PLAIN, empty, NOON);
        bare.accept(new RolloutEvent.StepBegan("edge", SYDNEY), NOON);

        assertThat(new ArrayList<>(bare.lines(NOON, WIDE)))
                .containsExactly("  ⠋ edge  drain shop-sydney-web-1 (up to 30s)", "0:00");
    }

    private static Instant after(long millis) {
        return NOON.plusMillis(millis);
    }
}
