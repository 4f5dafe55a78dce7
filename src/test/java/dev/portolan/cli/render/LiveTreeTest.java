package dev.portolan.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a terminal shows after the tree was drawn on it. */
class LiveTreeTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);
    private final LiveTree display =
            new LiveTree(stream, stream, Story.PLAIN, () -> new ScreenSize(24, 80), () -> Story.NOON);

    @Test
    void theTreeIsDrawnInPlaceAndTheEndIsBelowIt() {
        display.say("before");
        Story.good().forEach(event -> display.show(new Event.Rolled(event)));
        display.say("after");
        display.close();

        assertThat(screen())
                .containsExactly(
                        "before",
                        "  ✔ sydney: 1,200 requests, 0 failed",
                        "committed: bbbbbbbbbb serves in all regions",
                        "wave 1 of 2",
                        "  ✔ sydney/local  drain shop-sydney-web-1 (up to 30s)  1.2s",
                        "wave 2 of 2",
                        "  ✔ dublin/local  drain shop-dublin-web-1 (up to 30s)  90ms",
                        "0:00",
                        "done: 4,210 requests, 0 failed in 12.3s",
                        "after");
        assertThat(written.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("\u001b[?25l")
                .containsOnlyOnce("\u001b[?25h");
    }

    @Test
    void whatIsSaidMeanwhileIsAboveTheTree() {
        display.show(new Event.Rolled(Story.good().getFirst()));
        display.say("stopping");
        display.close();

        assertThat(screen())
                .containsExactly(
                        "stopping",
                        "wave 1 of 2",
                        "  · sydney/local  waits",
                        "wave 2 of 2",
                        "  · dublin/local  waits",
                        "0:00");
    }

    /** As a terminal with room enough interprets what was written. */
    private List<String> screen() {
        List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
        String text = written.toString(StandardCharsets.UTF_8);
        int row = 0;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '\u001b') {
                int end = at + 2;
                while (!Character.isLetter(text.charAt(end))) {
                    end++;
                }
                String code = text.substring(at + 2, end);
                switch (text.charAt(end)) {
                    case 'A' -> row -= Integer.parseInt(code);
                    case 'J' -> {
                        while (lines.size() > row) {
                            lines.removeLast();
                        }
                        lines.add(new StringBuilder());
                    }
                    case 'h', 'l' -> {}
                    default -> throw new AssertionError("unknown code " + code + text.charAt(end));
                }
                at = end;
            } else if (character == '\n') {
                row++;
                if (lines.size() == row) {
                    lines.add(new StringBuilder());
                }
            } else if (character != '\r') {
                lines.get(row).append(character);
            }
        }
        return lines.stream()
                .map(StringBuilder::toString)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
