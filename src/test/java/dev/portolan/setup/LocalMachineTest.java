package dev.portolan.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMachineTest {
    private final LocalMachine machine = new LocalMachine();

    @TempDir
    private Path folder;

    @Test
    void readsTheDistributionAndWhatItIsLike() {
        assertThat(LocalMachine.distributions(
                        List.of("NAME=\"Linux Mint\"", "ID=linuxmint", "ID_LIKE=\"ubuntu debian\"", "VERSION_ID=22")))
                .containsExactlyInAnyOrder("linuxmint", "ubuntu", "debian");
    }

    @Test
    void anEngineAnswersWhenItsPingIsOk() throws IOException {
        assertThat(machine.ask(folder.resolve("none.sock"))).isEqualTo(Machine.EngineAnswer.SILENT);
        assertThat(answerOf("HTTP/1.1 200 OK\r\n\r\nOK")).isEqualTo(Machine.EngineAnswer.ANSWERS);
        assertThat(answerOf("HTTP/1.1 503 Service Unavailable\r\n\r\n")).isEqualTo(Machine.EngineAnswer.SILENT);
        assertThat(answerOf("")).isEqualTo(Machine.EngineAnswer.SILENT);
    }

    private Machine.EngineAnswer answerOf(String reply) throws IOException {
        Path socket = folder.resolve("engine.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> {
                try (SocketChannel client = server.accept()) {
                    client.read(ByteBuffer.allocate(1024));
                    client.write(ByteBuffer.wrap(reply.getBytes(StandardCharsets.US_ASCII)));
                } catch (IOException ended) {
                    throw new java.io.UncheckedIOException(ended);
                }
            });
            return machine.ask(socket);
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    @Test
    void runsACommandToItsEndWithBothStreams() {
        assertThat(machine.run(Command.of("sh", "-c", "echo one; echo two >&2; exit 3")))
                .isEqualTo(new Machine.Result(3, List.of("one", "two")));
        assertThat(machine.run(Command.of("portolan-no-such-program")).exitCode())
                .isEqualTo(127);
    }

    @Test
    void seesWhichProgramsRun() throws IOException {
        String own = Files.readString(Path.of("/proc/self/comm")).strip();
        assertThat(machine.runs(own)).isTrue();
        assertThat(machine.runs("no-such-program")).isFalse();
    }

    @Test
    void aDetachedCommandWritesToItsLog() {
        Path log = folder.resolve("state").resolve("log");
        machine.startDetached(Command.of("echo", "started"), log);
        for (int attempt = 0; machine.tail(log, 1).isEmpty() && attempt < 500; attempt++) {
            machine.pause(Duration.ofMillis(10));
        }
        assertThat(machine.tail(log, 1)).containsExactly("started");
    }
}
