package dev.portolan.setup;

import java.nio.file.Path;
import java.util.List;

/** The commands that start and stop an engine. Pure. */
final class EngineCommands {
    /** Certificates to fetch images over HTTPS; the engine itself only recommends them. */
    static final List<String> PACKAGES = List.of("docker.io", "ca-certificates");

    private EngineCommands() {}

    static Command startUnit(Rights rights) {
        return rights.command("systemctl", "start", "docker");
    }

    /** In a session of its own, so that neither Ctrl-C nor the end of the terminal reaches it. */
    static Command startDaemon(Rights rights, Path socket, Path pidFile) {
        return rights.command(
                "setsid", "dockerd", "--live-restore", "--host", "unix://" + socket, "--pidfile", pidFile.toString());
    }

    /** Containers go on without it, for it runs with {@code --live-restore}. */
    static Command stopDaemon(Rights rights, long processId) {
        return rights.command("kill", "-TERM", Long.toString(processId));
    }

    static List<Command> grantAccess(Rights rights, String user, Path socket) {
        return List.of(
                rights.command("usermod", "-aG", "docker", user), rights.command("chown", user, socket.toString()));
    }
}
