package dev.portolan.docker.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.ContainerEngine.Terminal;
import dev.portolan.docker.ContainerEngine.WindowSize;
import dev.portolan.docker.EngineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsIT extends EngineTestBase {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    @BeforeEach
    void startContainer() {
        create(name("box"), sleeping());
        engine.start(name("box"));
    }

    private int exec(InputStream input, String... command) {
        return engine.exec(name("box"), List.of(command), new Terminal(input, output, error, false));
    }

    private int exec(String... command) {
        return exec(InputStream.nullInputStream(), command);
    }

    @Test
    void aCommandHasItsOutputErrorAndExitCode() {
        assertThat(exec("sh", "-c", "echo out; echo err >&2; exit 42")).isEqualTo(42);
        assertThat(output.toString(UTF_8)).isEqualTo("out\n");
        assertThat(error.toString(UTF_8)).isEqualTo("err\n");
    }

    @Test
    void theInputArrivesWithItsEnd() {
        byte[] sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);
        assertThat(exec(new ByteArrayInputStream(sent), "cat")).isZero();
        assertThat(output.toByteArray()).isEqualTo(sent);
    }

    @Test
    void aCommandThatDoesNotReadItsInputEndsAllTheSame() {
        assertThat(exec(new ByteArrayInputStream(new byte[5_000_000]), "true")).isZero();
    }

    @Test
    void fiftyMegabytesOfBinaryOutputArriveIntact() throws Exception {
        String make = "dd if=/dev/urandom of=/tmp/big bs=1M count=50 2>/dev/null; sha256sum /tmp/big";
        assertThat(exec("sh", "-c", make)).isZero();
        String expected = output.toString(UTF_8).substring(0, 64);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        var counted = new DigestingOutput(digest);
        int code = engine.exec(
                name("box"),
                List.of("cat", "/tmp/big"),
                new Terminal(InputStream.nullInputStream(), counted, error, false));
        assertThat(code).isZero();
        assertThat(counted.bytes).isEqualTo(50L << 20);
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(expected);
    }

    private static final class DigestingOutput extends OutputStream {
        private final MessageDigest digest;
        private long bytes;

        DigestingOutput(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        public void write(int value) {
            throw new AssertionError("one byte at a time is slow");
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            digest.update(source, offset, length);
            bytes += length;
        }
    }

    @Test
    void aTerminalTakesInputAndFollowsItsWindow() throws Exception {
        var keyboard = new PipedOutputStream();
        var input = new PipedInputStream(keyboard, 4096);
        var window = new Terminal(input, output, error, true, () -> Optional.of(new WindowSize(41, 133)));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> code = executor.submit(() -> engine.exec(name("box"), List.of("sh"), window));
            await("a prompt", () -> output.toString(UTF_8).contains("# "));
            await("the size of the window", () -> {
                type(keyboard, "stty size\n");
                sleep(Duration.ofMillis(100));
                return output.toString(UTF_8).contains("41 133");
            });
            type(keyboard, "tty; echo sum $((40+2)); exit 3\n");
            assertThat(code.get(10, TimeUnit.SECONDS)).isEqualTo(3);
        }
        assertThat(output.toString(UTF_8)).contains("/dev/pts/").contains("sum 42");
        assertThat(error.size()).isZero();
    }

    private static void type(OutputStream keyboard, String text) {
        try {
            keyboard.write(text.getBytes(UTF_8));
            keyboard.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCommandThatDoesNotExistSaysSo() {
        assertThat(exec("no-such-command")).isIn(126, 127);
        assertThat(output.toString(UTF_8) + error.toString(UTF_8)).contains("no-such-command");
    }

    @Test
    void anInterruptEndsASession() throws Exception {
        var failure = new Throwable[1];
        Thread session = Thread.ofVirtual().start(() -> {
            try {
                exec("sleep", "600");
            } catch (EngineException e) {
                failure[0] = e;
            }
        });
        sleep(Duration.ofMillis(300));
        session.interrupt();
        assertThat(session.join(Duration.ofSeconds(10))).isTrue();
        assertThat(failure[0]).hasMessageContaining("interrupted");
    }

    @Test
    void aContainerThatDoesNotRunCannotBeEntered() {
        engine.stop(name("box"), Duration.ZERO);
        assertThatThrownBy(() -> exec("true"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("not running");
    }

    @Test
    void aOneOffRunsAttachedToItsEnd() {
        create(
                name("oneoff"),
                busybox()
                        .shell("read line; echo got $line; cat; echo err >&2; exit 4")
                        .stdinOpen());
        int code = engine.runAttached(
                name("oneoff"),
                new Terminal(new ByteArrayInputStream("first\nrest\n".getBytes(UTF_8)), output, error, false));
        assertThat(code).isEqualTo(4);
        assertThat(output.toString(UTF_8)).isEqualTo("got first\nrest\n");
        assertThat(error.toString(UTF_8)).isEqualTo("err\n");
    }

    @Test
    void aOneOffWithATerminalRunsAttached() {
        create(
                name("console"),
                busybox().shell("tty; read line; echo got $line; exit 6").terminal());
        var terminal = new Terminal(new ByteArrayInputStream("typed\n".getBytes(UTF_8)), output, error, true);
        assertThat(engine.runAttached(name("console"), terminal)).isEqualTo(6);
        assertThat(output.toString(UTF_8)).contains("/dev/").contains("got typed");
    }

    @Test
    void theEndOfATerminalsInputDoesNotCutOffItsOutput() {
        create(name("slow"), busybox().shell("cat; sleep 0.5; echo last").terminal());
        var terminal = new Terminal(new ByteArrayInputStream("typed\n".getBytes(UTF_8)), output, error, true);
        assertThat(engine.runAttached(name("slow"), terminal)).isZero();
        assertThat(output.toString(UTF_8)).contains("typed").contains("last");
        output.reset();
        var another = new Terminal(new ByteArrayInputStream("typed\n".getBytes(UTF_8)), output, error, true);
        assertThat(engine.exec(name("box"), List.of("sh", "-c", "cat; sleep 0.5; echo last"), another))
                .isZero();
        assertThat(output.toString(UTF_8)).contains("typed").contains("last");
    }

    @Test
    void aOneOffWithoutInputIsReadToItsEnd() {
        create(name("quiet"), busybox().shell("echo one; sleep 0.5; echo two"));
        var terminal = new Terminal(InputStream.nullInputStream(), output, error, false);
        assertThat(engine.runAttached(name("quiet"), terminal)).isZero();
        assertThat(output.toString(UTF_8)).isEqualTo("one\ntwo\n");
    }

    @Test
    void aOneOffThatCannotStartIsAnError() {
        create(
                name("bad"),
                busybox()
                        .mount(new dev.portolan.model.ContainerSpec.Mount(
                                dev.portolan.model.ContainerSpec.Mount.Kind.BIND, "/etc/passwd", "/bin", true))
                        .shell("true"));
        assertThatThrownBy(() -> engine.runAttached(
                        name("bad"), new Terminal(InputStream.nullInputStream(), output, error, false)))
                .isInstanceOf(EngineException.class);
    }
}
