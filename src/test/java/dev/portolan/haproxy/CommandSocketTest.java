package dev.portolan.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandSocketTest {

    @Test
    void eachCommandHasItsAnswer() {
        assertThat(CommandSocket.split("IP changed\n\n\nNo such server.\n\n\n"))
                .containsExactly("IP changed", "", "No such server.", "");
    }

    @Test
    void anAnswerMayHaveSeveralLines() {
        assertThat(CommandSocket.split("1\n# a b\n1 2\n\n\n")).containsExactly("1\n# a b\n1 2", "");
    }

    @Test
    void anAnswerThatWasCutOffIsNotLost() {
        assertThat(CommandSocket.split("\nName: HAProxy\n")).containsExactly("", "Name: HAProxy");
    }
}
