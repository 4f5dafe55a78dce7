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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandSocketTest {

    @TempDir
    Path folder;

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

    /** The words are those of HAProxy 2.6 to three commands for a worker that has ended. */
    @Test
    void aWorkerThatEndedSinceItWasListedDoesNotRun() throws Exception {
        assertThatThrownBy(() ->
                        ask("Can't find the target PID matching the prefix '@!99999'\n", "show info", "show stat"))
                .isInstanceOf(HaproxyException.NotRunning.class);
    }

    @Test
    void fewerAnswersThanCommandsAreAnError() throws Exception {
        assertThatThrownBy(() -> ask("Name: HAProxy\n\n", "show info", "show stat"))
                .isInstanceOf(HaproxyException.class)
                .isNotInstanceOf(HaproxyException.NotRunning.class)
                .hasMessageContaining("answered 1 of 2 commands");
    }

    /** As seen with HAProxy 2.6, rarely: the first command of three was answered. */
    @Test
    void aWorkerThatEndsBetweenTwoCommandsIsAskedOnceMore() throws Exception {
        assertThatThrownBy(() -> ask(
                        List.of("Name: HAProxy\n\n", "Can't find the target PID matching the prefix '@!99999'\n"),
                        "show info",
                        "show stat"))
                .isInstanceOf(HaproxyException.NotRunning.class);
    }

    private List<String> ask(String answer, String... commands) throws IOException {
        return ask(List.of(answer, answer), commands);
    }

    /** @param answers to one question each */
    private List<String> ask(List<String> answers, String... commands) throws IOException {
        Path path = folder.resolve("m.sock");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var host = new LocalHost(folder, "/nowhere")) {
            server.bind(UnixDomainSocketAddress.of(path));
            Thread.ofVirtual().start(() -> answers.forEach(answer -> answerOne(server, answer)));
            return new CommandSocket(host, path.toString(), "@!99999 ").ask(List.of(commands));
        }
    }

    private static void answerOne(ServerSocketChannel server, String answer) {
        try (SocketChannel client = server.accept()) {
            client.read(ByteBuffer.allocate(1024));
            client.write(ByteBuffer.wrap(answer.getBytes(UTF_8)));
        } catch (IOException closed) {
            // the test is over
        }
    }
}
