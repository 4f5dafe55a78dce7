package dev.portolan.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class KeyDocumentTest {

    @Test
    void thePageOnComposeFilesSaysWhatTheTableOfKeysSays() throws IOException {
        if (Boolean.getBoolean("compose.document.write")) {
            Files.writeString(KeyDocument.FILE, KeyDocument.text());
        }

        assertThat(Files.readString(KeyDocument.FILE)).isEqualTo(KeyDocument.text());
    }
}
