package dev.portolan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SecretEditorTest {

    @Test
    void everyTextIsReadAsItWasWritten() {
        Map<String, Secret> values = new TreeMap<>();
        for (String text : new String[] {
            "plain",
            "true",
            "5432",
            "~",
            "",
            " spaces ",
            "a: b # c",
            "\"quoted\" 'too'",
            "back\\slash",
            "ümläut 🔑",
            "-----BEGIN KEY-----\nabc\n-----END KEY-----\n",
            "no end\nof line",
            "\ttab",
            "trailing \n\n",
            "bell \u0007, delete \u007f",
            "${secret:X}"
        }) {
            values.put("NAME_" + values.size(), new Secret(text.getBytes(StandardCharsets.UTF_8)));
        }

        assertThat(SecretEditor.parsed(SecretEditor.written(values))).isEqualTo(values);
        assertThat(SecretEditor.parsed(SecretEditor.written(Map.of()))).isEmpty();
    }
}
