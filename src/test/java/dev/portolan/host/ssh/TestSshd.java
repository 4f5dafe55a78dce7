package dev.portolan.host.ssh;

import dev.portolan.testing.Commands;
import dev.portolan.testing.FreePort;
import dev.portolan.testing.Packages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** OpenSSH's server on this machine's loopback, with keys of its own, which lets whoever runs the tests in. */
public final class TestSshd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private final Process process;

    private TestSshd(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** @param lines of its configuration, besides the usual ones */
    public static TestSshd start(Path folder, String... lines) throws Exception {
        if (Files.notExists(PROGRAM)) {
            Packages.install("openssh-server", "openssh-client");
        }
        Files.createDirectories(Path.of("/run/sshd"));
        Files.createDirectories(folder);
        int port = FreePort.choose();
        for (String kind : List.of("ed25519", "rsa")) {
            keygen(folder.resolve("host_" + kind), "-t", kind, "-N", "");
        }
        Path authorized = folder.resolve("authorized_keys");
        Files.createFile(authorized);
        List<String> configuration = new ArrayList<>(List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "ListenAddress ::1",
                "HostKey " + folder.resolve("host_ed25519"),
                "HostKey " + folder.resolve("host_rsa"),
                "AuthorizedKeysFile " + authorized,
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "LogLevel VERBOSE"));
        configuration.addAll(List.of(lines));
        Path file = Files.write(folder.resolve("sshd_config"), configuration);
        Process process = new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        TestSshd server = new TestSshd(folder, port, process);
        server.awaitListening();
        return server;
    }

    private void awaitListening() throws Exception {
        for (int tried = 0; tried < 200; tried++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IOException("sshd does not listen: " + Files.readString(folder.resolve("log")));
    }

    public int port() {
        return port;
    }

    /** A key that may come in. */
    public Path allowedKey(String name, String... options) throws IOException {
        Path key = folder.resolve(name);
        keygen(key, options);
        allow(Files.readString(folder.resolve(name + ".pub")).strip());
        return key;
    }

    void allow(String line) throws IOException {
        Path authorized = folder.resolve("authorized_keys");
        Files.writeString(authorized, Files.readString(authorized) + line + "\n");
    }

    /** The public key of the server, as a line of known hosts has it. */
    public String hostKey(String kind) throws IOException {
        String[] words =
                Files.readString(folder.resolve("host_" + kind + ".pub")).split(" ", -1);
        return words[0] + " " + words[1];
    }

    /** The processes that serve connections. */
    public List<ProcessHandle> sessions() {
        try (Stream<ProcessHandle> processes = process.descendants()) {
            return processes
                    .filter(child -> child.info().command().orElse("").contains("sshd"))
                    .toList();
        }
    }

    static void keygen(Path key, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-f", key.toString(), "-C", ""));
        command.addAll(List.of(options));
        Commands.run(command.toArray(String[]::new));
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
