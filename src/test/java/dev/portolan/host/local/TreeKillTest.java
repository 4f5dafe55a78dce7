package dev.portolan.host.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.files.TreeReader;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it copies a folder. */
class TreeKillTest {
    private static final int FILES = 400;

    @TempDir
    Path folder = Path.of("");

    @Test
    void aKillInTheMiddleLeavesNothingHalfVisibleAndTheNextCommandDoesItAll() throws Exception {
        Path project = Files.createDirectory(folder.resolve("project"));
        for (int number = 0; number < FILES; number++) {
            Files.writeString(project.resolve("file" + number), "content ".repeat(100) + number);
        }
        Path state = folder.resolve("state");
        LocalTrees trees = new LocalTrees(state.resolve("files"), state.resolve("data"));

        String digest = killedInTheMiddle(project, state);

        assertThat(trees.stored().contents()).isEmpty();
        trees.put(TreeReader.read(project, Set.of()).fingerprinted());
        trees.keepOnly(Set.of(digest));
        assertThat(names(state.resolve("files"))).containsExactly(digest);
        assertThat(names(Path.of(trees.contentPath(digest)))).hasSize(FILES);
    }

    private static String killedInTheMiddle(Path project, Path state) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PutTree.class.getName(),
                        project.toString(),
                        state.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String digest = String.valueOf(output.readLine());
            while (process.isAlive() && copied(state.resolve("files")) < FILES / 4) {
                Thread.onSpinWait();
            }
            process.toHandle().destroyForcibly(); // the process itself would close the stream that is read below
            process.waitFor();
            assertThat(output.lines()).as("it was killed before it was done").isEmpty();
            return digest;
        }
    }

    private static int copied(Path files) throws Exception {
        int copied = 0;
        for (String name : names(files)) {
            copied += names(files.resolve(name)).size();
        }
        return copied;
    }

    private static List<String> names(Path folder) throws Exception {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }
}
