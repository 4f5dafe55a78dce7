package dev.portolan.testing;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.EngineException;
import dev.portolan.docker.Logins;
import dev.portolan.docker.api.DockerEngine;
import dev.portolan.docker.api.RegistryLogins;
import dev.portolan.host.HostConnection;
import dev.portolan.host.local.LocalHost;
import dev.portolan.testing.PrivateDockerd.Apart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Assumptions;

/**
 * A real container engine for tests. It is the one whose socket {@code PORTOLAN_TEST_ENGINE} names; otherwise a Docker Engine
 * of the tests' own is started, which takes root, and which is stopped with everything in it when the tests end.
 */
public final class TestEngine {
    private static final String VARIABLE = "PORTOLAN_TEST_ENGINE";

    private final String socket;
    private final Optional<PrivateDockerd> own;
    private final Queue<Runnable> endings = new ConcurrentLinkedQueue<>();

    private TestEngine(String socket, Optional<PrivateDockerd> own) {
        this.socket = socket;
        this.own = own;
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /** Starts once, with whichever test asks first. */
    private static final class Shared {
        private static final TestEngine ENGINE = open();
    }

    /** Starts once, with whichever test asks first. */
    private static final class Second {
        private static final TestEngine ENGINE = start(Path.of("/var/lib/portolan-test-second"), Apart.SECOND);
    }

    /** Another engine of the tests' own, which shares nothing with that of {@link #shared()}. */
    public static TestEngine second() {
        Assumptions.assumeTrue(isRoot(), "needs a second container engine: run as root");
        return Second.ENGINE;
    }

    /** The engine of this run. A test that needs one is skipped, and says so, where none can be had. */
    public static TestEngine shared() {
        Optional<String> given = givenSocket();
        Assumptions.assumeTrue(
                given.isPresent() || isRoot(),
                "needs a container engine: name the socket of one in " + VARIABLE + ", or run as root");
        return Shared.ENGINE;
    }

    private static Optional<String> givenSocket() {
        return Optional.ofNullable(System.getenv(VARIABLE)).filter(text -> !text.isEmpty());
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static TestEngine open() {
        Optional<String> given = givenSocket();
        if (given.isPresent()) {
            return new TestEngine(given.get(), Optional.empty());
        }
        return start(Path.of("/var/lib/portolan-test"), Apart.FIRST);
    }

    private static TestEngine start(Path folder, Apart apart) {
        try {
            PrivateDockerd dockerd = PrivateDockerd.start(folder, apart);
            return new TestEngine(dockerd.socket().toString(), Optional.of(dockerd));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #open(HostConnection)}, of somebody who has logged in to registries. */
    public ContainerEngine open(HostConnection host, Logins logins) {
        return new DockerEngine(host, logins);
    }

    /** Has something done when the tests end, while the engine is still there. */
    public void beforeTheEnd(Runnable action) {
        endings.add(action);
    }

    /** An engine of the tests' own removes by itself what an ending that fails would have. */
    private void end() {
        try {
            endings.forEach(Runnable::run);
        } finally {
            own.ifPresent(PrivateDockerd::closeQuietly);
        }
    }

    /** Those that an environment names. */
    public static Logins loginsOf(Map<String, String> environment) {
        return new RegistryLogins(environment);
    }

    /** Whether nobody else uses it. */
    public boolean isOwn() {
        return own.isPresent();
    }

    /** Absolute path of the engine's socket. */
    public String socket() {
        return socket;
    }

    /** This machine with this engine. Whoever calls closes it. */
    public HostConnection host(Path root) {
        return new LocalHost(root, socket);
    }

    /** A client of its own. Whoever calls closes it; the connection below needs no closing. */
    public ContainerEngine open(HostConnection host) {
        return new DockerEngine(host);
    }

    /** Skips the test where the engine is not the tests' own. */
    public void assumeRestartable() {
        Assumptions.assumeTrue(own.isPresent(), "needs an engine of the tests' own to restart: unset " + VARIABLE);
    }

    /** Stops the engine and starts it again; containers run on meanwhile. */
    public void restart() {
        stop();
        start();
    }

    /** Stops the engine; containers run on. */
    public void stop() {
        assumeRestartable();
        own.orElseThrow().stop();
    }

    /** Kills the engine, without a chance to tidy up; containers run on. */
    public void kill() {
        assumeRestartable();
        own.orElseThrow().kill();
    }

    /** Starts the engine after {@link #stop()} or {@link #kill()} and waits until it answers. */
    public void start() {
        assumeRestartable();
        try {
            own.orElseThrow().launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until an engine answers. */
    static void awaitAnswer(String socket, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (var host = new LocalHost(Path.of("/nonexistent"), socket);
                var engine = new DockerEngine(host, Logins.NONE, Duration.ofSeconds(5))) {
            while (true) {
                try {
                    engine.info();
                    return;
                } catch (EngineException e) {
                    if (System.nanoTime() > deadline) {
                        throw new IOException("the engine at " + socket + " does not answer", e);
                    }
                }
                Commands.pause(Duration.ofMillis(100));
            }
        }
    }
}
