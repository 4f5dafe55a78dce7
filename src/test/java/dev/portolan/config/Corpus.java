package dev.portolan.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Good and bad portolan.yml files, the bad ones with their problems beside them in a text file. */
final class Corpus {
    static final Path FOLDER = Path.of("src/test/resources/dev/portolan/config");

    private Corpus() {}

    /** @param kind {@code good}; {@code bad}; {@code beyond-the-schema} for what only the reader can find */
    static Stream<Path> files(String kind) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(kind))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
            return found.stream();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static Path problems(Path file) {
        return file.resolveSibling(file.getFileName().toString().replace(".yml", ".txt"));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
