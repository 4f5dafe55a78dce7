package dev.portolan.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.portolan.testing.Commands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a server of plain files, which gives out branches, but no commit by its name. */
class FetchedRepositoryTest {
    @TempDir
    Path folder = Path.of("");

    private HttpServer server;
    private String address;

    @BeforeEach
    void aRepository() throws IOException {
        Path work = folder.resolve("app");
        Files.createDirectories(work.resolve("server"));
        Files.writeString(work.resolve("server/word"), "one");
        git("init", "-q", "-b", "main");
        git("add", "--all");
        git("-c", "user.name=tests", "-c", "user.email=tests@localhost", "commit", "-q", "-m", "first");
        String commit = git("rev-parse", "HEAD").strip();
        Files.writeString(work.resolve("server/word"), "two");
        git("-c", "user.name=tests", "-c", "user.email=tests@localhost", "commit", "-q", "-a", "-m", "second");
        String served = folder.resolve("app.git").toString();
        Commands.run("git", "clone", "-q", "--bare", work.toString(), served);
        Commands.run("git", "-C", served, "update-server-info");
        server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                folder.toAbsolutePath(),
                SimpleFileServer.OutputLevel.NONE);
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort() + "/app.git#" + commit;
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void theFilesOfACommitAreHereUntilItIsClosed() throws IOException {
        Path found;
        try (var fetched = FetchedRepository.fetch(address + ":server/")) {
            found = fetched.folder();
            assertThat(found.resolve("word")).hasContent("one");
            assertThat(found.resolveSibling(".git")).doesNotExist();
        }
        assertThat(found).doesNotExist();
    }

    @Test
    void aFolderOutsideOfTheRepositoryIsNoneOfIt() throws IOException {
        try (var fetched = FetchedRepository.fetch(address + ":../..")) {
            assertThatThrownBy(fetched::folder).hasMessage("the commit has no folder ../..");
        }
    }

    @Test
    void gitSaysWhyACommitCannotBeFetched() {
        assertThatThrownBy(() -> FetchedRepository.fetch(address.replaceAll("#.*", "#" + "0".repeat(40))))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("git says: fatal: ");
    }

    private String git(String... words) throws IOException {
        String[] all = new String[words.length + 3];
        all[0] = "git";
        all[1] = "-C";
        all[2] = folder.resolve("app").toString();
        System.arraycopy(words, 0, all, 3, words.length);
        return Commands.run(all);
    }
}
