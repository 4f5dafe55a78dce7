package dev.portolan.setup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine that this process runs on. */
public final class LocalMachine implements Machine {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final Path OPERATING_SYSTEM = Path.of("/etc/os-release");
    private static final List<Path> PROGRAM_FOLDERS = Stream.of(
                    "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
            .map(Path::of)
            .toList();

    @Override
    public MachineFacts facts() {
        String user = System.getProperty("user.name", "");
        Rights rights = user.equals("root")
                ? Rights.ROOT
                : run(Command.of("sudo", "-n", "true")).succeeded() ? Rights.SUDO : Rights.NONE;
        boolean systemd = Files.isDirectory(Path.of("/run/systemd/system")); // as sd_booted(3) decides it
        return new MachineFacts(
                System.getProperty("os.name", ""),
                distributions(tail(OPERATING_SYSTEM, Integer.MAX_VALUE)),
                user,
                rights,
                systemd,
                PROGRAM_FOLDERS.stream().anyMatch(folder -> Files.isExecutable(folder.resolve("dockerd"))),
                systemd && run(Command.of("systemctl", "cat", "docker.service")).succeeded());
    }

    static Set<String> distributions(List<String> osRelease) {
        return osRelease.stream()
                .map(line -> line.split("=", 2))
                .filter(entry -> entry.length == 2 && (entry[0].equals("ID") || entry[0].equals("ID_LIKE")))
                .flatMap(entry -> Stream.of(entry[1].replaceAll("[\"']", "").split(" ", -1)))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public EngineAnswer ask(Path engineSocket) {
        if (Files.exists(engineSocket) && !Files.isWritable(engineSocket)) {
            return EngineAnswer.NOT_ALLOWED;
        }
        // A channel of a Unix socket has no time limit of its own: closing it from outside is the way to end a wait
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    answer.complete(ping(channel, engineSocket));
                } catch (IOException silent) {
                    answer.complete(false);
                }
            });
            boolean answers = answer.get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return answers ? EngineAnswer.ANSWERS : EngineAnswer.SILENT;
        } catch (IOException | ExecutionException | TimeoutException silent) {
            return EngineAnswer.SILENT;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return EngineAnswer.SILENT;
        }
    }

    private static boolean ping(SocketChannel channel, Path engineSocket) throws IOException {
        channel.connect(UnixDomainSocketAddress.of(engineSocket));
        channel.write(
                ByteBuffer.wrap("GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n".getBytes(US_ASCII)));
        ByteBuffer head = ByteBuffer.allocate(12); // HTTP/1.1 200
        for (int count = 0; head.hasRemaining() && count >= 0; ) {
            count = channel.read(head);
        }
        return new String(head.array(), 0, head.position(), US_ASCII).endsWith(" 200");
    }

    @Override
    public Result run(Command command) {
        ProcessBuilder builder = new ProcessBuilder(command.words()).redirectErrorStream(true);
        builder.environment().putAll(command.environment());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            return new Result(127, List.of(String.valueOf(missing.getMessage())));
        }
        try (var lines = process.inputReader(UTF_8)) {
            List<String> output = lines.lines().toList();
            return new Result(process.waitFor(), output);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new UserError(
                    "interrupted during: " + command, "run the command again", ExitCode.FAILED, interrupted);
        }
    }

    @Override
    public boolean runs(String program) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes.anyMatch(
                    process -> tail(process.resolve("comm"), 1).contains(program));
        } catch (IOException unreadable) {
            return false;
        }
    }

    @Override
    public List<Path> files(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException absent) {
            return List.of();
        }
    }

    @Override
    public void startDetached(Command command, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(command.environment());
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            builder.start();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public List<String> tail(Path file, int lines) {
        try {
            List<String> all = Files.readAllLines(file);
            return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    @Override
    public void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError(
                    "interrupted while waiting for the Docker Engine",
                    "run the command again",
                    ExitCode.FAILED,
                    interrupted);
        }
    }
}
