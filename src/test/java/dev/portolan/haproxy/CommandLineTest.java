package dev.portolan.haproxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.host.local.LocalHost;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What HAProxy says here is what HAProxy 2.6 says. */
class CommandLineTest {
    @TempDir
    Path folder;

    private ServerSocketChannel server;
    private LocalHost host;
    private CommandLine line;
    private SocketChannel other;

    @BeforeEach
    void connect() throws IOException {
        Path path = folder.resolve("a.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        host = new LocalHost(folder, "/nowhere");
        line = CommandLine.over(host.dial(path.toString()));
        other = server.accept();
    }

    @AfterEach
    void end() throws IOException {
        line.close();
        other.close();
        server.close();
        host.close();
    }

    @Test
    void anAnswerEndsWithThePromptWhateverIsBeforeIt() {
        assertThat(cut("IP changed\n\n> \n> No such server.\n\n> a=<1>\n> 1\n# a b\n\n> "))
                .containsExactly("IP changed", "", "No such server.", "a=<1>", "1\n# a b");
    }

    @Test
    void answersMayComeInPiecesOfAnySize() {
        String text = "IP changed\n\n> \n> " + "x,y\n".repeat(20_000) + "\n> \n> last\n\n> ";
        List<String> whole = cut(text);
        for (int size : new int[] {1, 2, 3, 7, 4096, 50_000}) {
            CommandLine.Answers answers = new CommandLine.Answers();
            List<String> found = new ArrayList<>();
            byte[] bytes = text.getBytes(UTF_8);
            for (int from = 0; from < bytes.length; from += size) {
                int length = Math.min(size, bytes.length - from);
                found.addAll(answers.add(Arrays.copyOfRange(bytes, from, from + length), length));
            }
            assertThat(found).isEqualTo(whole);
        }
        assertThat(whole).hasSize(5);
    }

    @Test
    void questionsAreSentBeforeTheAnswersToThoseBeforeThem() throws Exception {
        Future<List<String>> first = line.send(List.of("show info", "show stat"));
        Future<List<String>> second = line.send(List.of("show errors"));
        assertThat(heard("prompt\nset timeout cli 10m\nshow info\nshow stat\nshow errors\n"))
                .isTrue();
        say("\n> \n> Pid: 1\n\n> ");
        assertThat(first.isDone()).isFalse();
        say("# a\n\n> no errors\n\n> ");
        assertThat(first.get(10, TimeUnit.SECONDS)).containsExactly("Pid: 1", "# a");
        assertThat(second.get(10, TimeUnit.SECONDS)).containsExactly("no errors");
    }

    @Test
    void aConnectionThatEndsFailsWhatWasAskedAndWhatIsAskedAfterIt() throws Exception {
        Future<List<String>> open = line.send(List.of("show info"));
        say("\n> \n> ");
        other.close();
        assertThatThrownBy(() -> open.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> line.send(List.of("show info"))).isInstanceOf(IOException.class);
    }

    private static List<String> cut(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new CommandLine.Answers().add(bytes, bytes.length);
    }

    private void say(String text) throws IOException {
        other.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private boolean heard(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        while (bytes.hasRemaining() && other.read(bytes) >= 0) {
            // until it is all there
        }
        return new String(bytes.array(), UTF_8).equals(text);
    }
}
