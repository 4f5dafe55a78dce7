package dev.portolan.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** AWS as the Python package moto plays it, on this machine. Installed from PyPI into {@code target/moto} when it is not there. */
public final class Moto implements AutoCloseable {
    private static final Path FOLDER = Path.of("target/moto").toAbsolutePath();
    private static final String PACKAGE = "moto[secretsmanager,server]==5.2.5";
    private static final int MINUTES = 5;

    private final Process process;
    private final int port;

    private Moto(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The test is skipped, and says so, where there is no python3 or no way to PyPI. */
    public static Moto start() throws IOException, InterruptedException {
        Path server = FOLDER.resolve("bin/moto_server");
        if (!Files.exists(server)) {
            boolean installed = run("python3", "-m", "venv", FOLDER.toString())
                    && run(FOLDER.resolve("bin/pip").toString(), "-q", "install", PACKAGE);
            assumeThat(installed).as("python3 can install " + PACKAGE).isTrue();
        }
        int port = FreePort.choose();
        Process process = new ProcessBuilder(server.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("server.log").toFile())
                .start();
        Moto moto = new Moto(process, port);
        moto.await();
        return moto;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroy();
    }

    private void await() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int attempt = 0; attempt < 600 && process.isAlive(); attempt++) {
                try {
                    client.send(
                            HttpRequest.newBuilder(address().resolve("/moto-api/data.json"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
                    return;
                } catch (IOException notYet) {
                    Thread.sleep(100);
                }
            }
        }
        throw new IllegalStateException("moto_server does not answer; see " + FOLDER.resolve("server.log"));
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
