package dev.portolan.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @Test
    void aPlainWordStaysAsItIs() {
        assertThat(Words.quoted("/heartbeat?full=1&x")).isEqualTo("\"/heartbeat?full=1&x\"");
        assertThat(Words.quoted("/heartbeat")).isEqualTo("/heartbeat");
    }

    @Test
    void whatHaproxyWouldReadAsSomethingElseIsQuoted() {
        assertThat(Words.quoted("a b # \"c\" $HOME \\ \n")).isEqualTo("\"a b # \\\"c\\\" \\$HOME \\\\ \\n\"");
    }

    @Test
    void aControlCharacterIsNoWord() {
        assertThatIllegalArgumentException().isThrownBy(() -> Words.quoted("a\rb"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a\nb", "a/b"})
    void aNameThatWouldEndACommandIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Words.name(name));
    }
}
