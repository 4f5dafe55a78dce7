package dev.portolan.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Docker Engine of the tests' own: own data, own bridge, own socket. Its images stay for the next run, everything else is
 * removed at its end, and what a run that was killed has left is removed at the start of the next. One run at a time: two
 * would give out the same addresses on one machine.
 */
final class PrivateDockerd {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final Apart apart;
    private final FileChannel lockFile;
    private final FileLock lock;
    private Optional<Process> process = Optional.empty();

    /** What each engine of a machine needs for itself. */
    enum Apart {
        FIRST("portolan-test0", "10.212.255.1/24", "portolan-test"),
        SECOND("portolan-test1", "10.212.254.1/24", "portolan-test-second");

        private final String bridge;
        private final String bridgeAddress;
        private final String namespace;

        Apart(String bridge, String bridgeAddress, String namespace) {
            this.bridge = bridge;
            this.bridgeAddress = bridgeAddress;
            this.namespace = namespace;
        }
    }

    private PrivateDockerd(Path folder, Apart apart, FileChannel lockFile, FileLock lock) {
        this.folder = folder;
        this.apart = apart;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Waits until no other run uses the folder. */
    static PrivateDockerd start(Path folder, Apart apart) throws IOException {
        Files.createDirectories(folder);
        installIfMissing();
        FileChannel lockFile =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var dockerd = new PrivateDockerd(folder, apart, lockFile, lockFile.lock());
        dockerd.endDeadRun();
        dockerd.makeBridge();
        openWay();
        dockerd.launch();
        new Leftovers(dockerd.socket().toString()).remove();
        return dockerd;
    }

    private static void installIfMissing() throws IOException {
        if (Files.isExecutable(Path.of("/usr/sbin/dockerd")) || Files.isExecutable(Path.of("/usr/bin/dockerd"))) {
            return;
        }
        Packages.install("docker.io", "iptables", "iproute2");
    }

    Path socket() {
        return folder.resolve("docker.sock");
    }

    private Path processFile() {
        return folder.resolve("dockerd.pid");
    }

    /** Starts the daemon and waits until it answers. */
    void launch() throws IOException {
        List<String> command = List.of(
                "dockerd",
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("run"),
                "--pidfile=" + processFile(),
                "--host=unix://" + socket(),
                "--bridge=" + apart.bridge,
                "--iptables=false",
                "--containerd-namespace=" + apart.namespace,
                "--containerd-plugins-namespace=" + apart.namespace + "-plugins",
                "--live-restore");
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("dockerd.log").toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .start();
        process = Optional.of(started);
        try {
            TestEngine.awaitAnswer(socket().toString(), START_LIMIT);
        } catch (IOException e) {
            started.destroy();
            throw new IOException("dockerd did not start; see " + folder.resolve("dockerd.log"), e);
        }
    }

    /** Ends the daemon; with live-restore its containers run on. */
    void stop() {
        process.ifPresent(running -> end(running.toHandle()));
        process = Optional.empty();
    }

    /** Ends the daemon as a crash would. Its containerd dies with it, and until it is dead a new daemon would rely on it. */
    void kill() {
        process.ifPresent(running -> {
            List<ProcessHandle> children = running.children().toList();
            running.destroyForcibly().onExit().join();
            children.forEach(child -> child.onExit().join());
        });
        process = Optional.empty();
    }

    private static void end(ProcessHandle running) {
        running.destroy();
        try {
            running.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            running.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A daemon that ends in the middle of a start leaves a half-started container, which the next one does not know. */
    private void endHalfStarted() {
        String containerd = folder.resolve("run").resolve("containerd").toString();
        ProcessHandle.allProcesses()
                .filter(found -> found.info().commandLine().orElse("").contains(containerd))
                .forEach(shim -> {
                    shim.descendants().forEach(ProcessHandle::destroyForcibly);
                    shim.destroyForcibly();
                });
    }

    /** The lock is free, so whoever started a daemon that still runs is dead. */
    private void endDeadRun() throws IOException {
        if (Files.notExists(processFile())) {
            return;
        }
        long id = Long.parseLong(Files.readString(processFile()).strip());
        Path commandLine = Path.of("/proc/" + id + "/cmdline");
        if (Files.exists(commandLine)
                && Files.readString(commandLine).contains(folder.resolve("data").toString())) {
            ProcessHandle.of(id).ifPresent(PrivateDockerd::end);
        }
    }

    /** Two engines cannot share the usual bridge. */
    private void makeBridge() throws IOException {
        if (Files.notExists(Path.of("/sys/class/net/" + apart.bridge))) {
            Commands.run("ip", "link", "add", apart.bridge, "type", "bridge");
            Commands.run("ip", "address", "add", apart.bridgeAddress, "dev", apart.bridge);
        }
        Commands.run("ip", "link", "set", apart.bridge, "up");
    }

    /**
     * An engine that starts empties the packet filter's chains of every other one, so this one keeps away from them. What it
     * needs is only that containers reach each other where another engine has closed the way.
     */
    private static void openWay() throws IOException {
        if (!filter("-C")) {
            filter("-I");
        }
    }

    /** Whether it worked; where there is no such filter, nothing is closed either. */
    private static boolean filter(String action) throws IOException {
        try {
            Commands.run(
                    "iptables",
                    action,
                    "FORWARD",
                    "-m",
                    "physdev",
                    "--physdev-is-bridged",
                    "-m",
                    "comment",
                    "--comment",
                    "portolan-test",
                    "-j",
                    "ACCEPT");
            return true;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    void closeQuietly() {
        try (lockFile;
                lock) {
            if (process.isEmpty()) {
                launch();
            }
            new Leftovers(socket().toString()).remove();
            stop();
            endHalfStarted();
            Commands.run("ip", "link", "delete", apart.bridge);
            filter("-D");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
