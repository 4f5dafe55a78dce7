package dev.portolan.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommandOutputTest {
    private final CommandOutput output = new CommandOutput();

    @Test
    void aShortOutputIsKeptAsItIs() {
        output.add("one");
        output.add("two");

        assertThat(output.text()).isEqualTo("one\ntwo\n");
        assertThat(output.end()).containsExactly("one", "two");
    }

    @Test
    void ofALongOutputTheEndIsKept() {
        IntStream.range(0, 50_000).forEach(number -> output.add("x".repeat(90) + number));

        assertThat(output.text().length()).isLessThan(CommandOutput.MOST_CHARACTERS + 100);
        assertThat(output.text())
                .startsWith("(")
                .contains(" lines before these were not kept)")
                .endsWith("x49999\n");
        assertThat(output.end()).hasSize(10).last().asString().endsWith("x49999");
    }

    @Test
    void oneEndlessLineIsBoundedToo() {
        output.add("y".repeat(3 * CommandOutput.MOST_CHARACTERS));

        assertThat(output.text().length()).isLessThan(CommandOutput.MOST_CHARACTERS + 100);
        assertThat(output.end().getFirst().length()).isLessThan(400);
    }
}
