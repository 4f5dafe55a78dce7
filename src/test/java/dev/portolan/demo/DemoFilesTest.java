package dev.portolan.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFilesTest {
    @TempDir
    private Path folder;

    @Test
    void allFilesOfTheAppAreWrittenAsTheyAre() throws IOException {
        assertWritten(DemoFiles.APP, Path.of("src/main/resources/demo/app"));
    }

    @Test
    void allFilesOfTheImagesAreWrittenAsTheyAre() throws IOException {
        assertWritten(DemoFiles.IMAGES, Path.of("src/main/resources/demo/images"));
    }

    @Test
    void allFilesOfTheHostsAreWrittenAsTheyAre() throws IOException {
        assertWritten(DemoFiles.HOSTS, Path.of("src/main/resources/demo/hosts"));
    }

    private void assertWritten(DemoFiles files, Path sources) throws IOException {
        files.writeTo(folder);
        files.writeTo(folder); // a second demo finds the first one's

        assertThat(files(folder)).isEqualTo(files(sources));
        for (String name : files.names()) {
            assertThat(folder.resolve(name)).hasSameBinaryContentAs(sources.resolve(name));
            assertThat(Files.isExecutable(folder.resolve(name)))
                    .as(name)
                    .isEqualTo(Files.isExecutable(sources.resolve(name)));
        }
    }

    private static List<String> files(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(name -> !name.contains("__pycache__"))
                    .sorted()
                    .toList();
        }
    }
}
