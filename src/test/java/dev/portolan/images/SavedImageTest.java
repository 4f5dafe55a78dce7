package dev.portolan.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedImageTest {
    private static final SavedArchive ARCHIVE =
            new SavedArchive(List.of("one".getBytes(UTF_8), "two".getBytes(UTF_8), "one".getBytes(UTF_8)));

    @TempDir
    Path folder;

    @Test
    void theLayersOfAnOldEngineAreReadInTheirOrderEachWithItsContent() throws IOException {
        assertThat(contents(ARCHIVE.asOldEnginesDo())).containsExactly("one", "two", "one");
    }

    @Test
    void theLayersOfANewEngineAreReadInTheirOrderEachWithItsContent() throws IOException {
        assertThat(contents(ARCHIVE.asNewEnginesDo())).containsExactly("one", "two", "one");
    }

    @Test
    void theConfigurationIsThatOfTheImageToTheByte() throws IOException {
        SavedImage image = SavedImage.read(ARCHIVE.asNewEnginesDo(), folder);
        assertThat(SavedArchive.digestOf(image.configuration())).isEqualTo(ARCHIVE.id());
    }

    @Test
    void whatIsNoImageIsRefused() {
        assertThatThrownBy(() -> SavedImage.read(new ByteArrayInputStream(new byte[1024]), folder))
                .isInstanceOf(IOException.class)
                .hasMessage("the engine saved an image without manifest.json");
    }

    private List<String> contents(InputStream archive) throws IOException {
        SavedImage image = SavedImage.read(archive, folder);
        assertThat(image.layers())
                .extracting(Layer::digest)
                .isEqualTo(ARCHIVE.layers().stream().map(SavedArchive::digestOf).toList());
        return image.layers().stream().map(SavedImageTest::content).toList();
    }

    private static String content(Layer layer) {
        var all = new StringBuilder();
        for (Layer.Piece piece : layer.pieces()) {
            try (var input = new GZIPInputStream(Files.newInputStream(piece.compressed()))) {
                all.append(new String(input.readAllBytes(), UTF_8));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return all.toString();
    }
}
