package dev.portolan.demo.hosts;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.host.HostConnection;
import dev.portolan.http.HttpConnection;
import dev.portolan.http.HttpRequest;
import dev.portolan.http.HttpResponse;
import dev.portolan.model.ContainerState;
import dev.portolan.model.ContainerState.Status;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Waits until a host has started. */
final class HostStart {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration ANSWER_LIMIT =
            Duration.ofSeconds(30); // systemd holds the line until the engine has started
    private static final int SSH = 22;
    private static final int LAST_LINES = 5;

    private final ContainerEngine engine;
    private final VirtualHost host;

    HostStart(ContainerEngine engine, VirtualHost host) {
        this.engine = engine;
        this.host = host;
    }

    /** @param login is closed when the host's engine has answered */
    void await(Supplier<HostConnection> login) {
        long end = System.nanoTime() + LIMIT.toNanos();
        String missing = "SSH does not answer";
        while (System.nanoTime() < end) {
            requireRunning();
            if (listens()) {
                try (HostConnection connection = login.get()) {
                    missing = "its engine does not answer";
                    if (answers(connection)) {
                        return;
                    }
                } catch (UserError notYet) {
                    missing = notYet.message();
                }
            }
            pause();
        }
        throw new UserError(
                "the host " + host.name() + " has not started in " + LIMIT.toSeconds() + " s: " + missing,
                "look at its journal: docker exec " + host.container() + " journalctl --boot");
    }

    private void requireRunning() {
        ContainerState state = engine.container(host.container())
                .orElseThrow(() -> new UserError("the host " + host.name() + " is gone", "start the fleet again"));
        if (state.status() == Status.EXITED || state.status() == Status.DEAD) {
            List<String> said = new ArrayList<>();
            engine.logs(host.container(), false, LAST_LINES, line -> said.add(line.text()));
            throw new UserError(
                    "this machine cannot have hosts as containers; " + host.name() + " ended with code "
                            + state.exitCode().map(String::valueOf).orElse("unknown") + ": " + String.join("; ", said),
                    "use a machine whose engine runs as root on a kernel of its own");
        }
    }

    /** A login would take longer to fail. */
    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.address(), SSH), (int) PAUSE.toMillis() * 5);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean answers(HostConnection connection) {
        try (HttpConnection http = new HttpConnection(connection.dial(connection.engineSocket()));
                HttpResponse response = http.send(HttpRequest.of("GET", "/_ping"), ANSWER_LIMIT)) {
            return response.status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError(
                    "interrupted while a host started", "run the command again", ExitCode.FAILED, interrupted);
        }
    }
}
