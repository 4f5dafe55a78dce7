package dev.portolan.testing;

import dev.portolan.demo.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A private registry on this machine: Debian's own, by HTTP on the loopback interface, as engines allow it there. */
public final class Registry implements AutoCloseable {
    public static final String USER = "ada";
    public static final String PASSWORD = "harbour-1";

    private static final String PASSWORD_HASH = "$2b$04$eatt5IrD9fcLl1dfnSWc9uW95rrN6HtdGCCFF9fwHO8WAlhYKqWtq";
    private static final String PROGRAM = "docker-registry";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path folder;
    private final int port;

    private Registry(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /**
     * The test is skipped, and says so, where no registry can be had.
     *
     * @param folder for all that it keeps
     */
    public static Registry start(Path folder) throws IOException {
        Path program = program();
        int port = Ports.free(18900, 1);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("users"), USER + ":" + PASSWORD_HASH + "\n");
        Path configuration = Files.writeString(
                folder.resolve("registry.yml"), """
                version: 0.1
                log: { level: warn }
                storage: { filesystem: { rootdirectory: "%s" } }
                http: { addr: "127.0.0.1:%d", secret: none }
                auth: { htpasswd: { realm: tests, path: "%s" } }
                """.formatted(folder.resolve("data"), port, folder.resolve("users")));
        Process process = new ProcessBuilder(program.toString(), "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Registry registry = new Registry(process, folder, port);
        registry.awaitAnswer();
        return registry;
    }

    /** The machine's own, or one out of the package, which is not installed for it. */
    private static Path program() throws IOException {
        Path unpacked = Path.of("target", PROGRAM).toAbsolutePath();
        Optional<Path> found = Stream.of(Path.of("/usr/bin"), unpacked.resolve("usr/bin"))
                .map(place -> place.resolve(PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/apt-get")),
                "needs the program " + PROGRAM + ", and there is no apt-get to bring it");
        Packages.unpack(PROGRAM, Files.createDirectories(unpacked));
        return unpacked.resolve("usr/bin").resolve(PROGRAM);
    }

    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("no registry: " + Files.readString(folder.resolve("log")));
            }
            Commands.pause(Duration.ofMillis(50));
        }
    }

    private boolean answers() {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://" + address() + "/v2/").toURL().openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_UNAUTHORIZED;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What images of it begin with, such as {@code 127.0.0.1:18900}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Puts an image of the engine into the registry by another name, and takes that name off the engine again. */
    public void push(TestEngine engine, String image, String name) throws IOException {
        Path login = logIn(folder.resolve("pusher"), PASSWORD);
        String socket = "unix://" + engine.socket();
        Commands.run("docker", "--host", socket, "tag", image, name);
        Commands.run("docker", "--config", login.toString(), "--host", socket, "push", "--quiet", name);
        Commands.run("docker", "--host", socket, "image", "rm", name);
    }

    /**
     * Writes what {@code docker login} does.
     *
     * @param docker what {@code DOCKER_CONFIG} names
     */
    public Path logIn(Path docker, String password) throws IOException {
        String both = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        return settings(docker, "{\"auths\":{\"" + address() + "\":{\"auth\":\"" + both + "\"}}}");
    }

    /**
     * Writes what {@code docker login} does where a program keeps passwords.
     *
     * @param programs a folder of {@code PATH}
     */
    public Path logInWithKeeper(Path docker, Path programs) throws IOException {
        Path program = Files.createDirectories(programs).resolve("docker-credential-harbour");
        Files.writeString(program, """
                #!/bin/sh
                read -r registry
                test "$1 $registry" = "get %s" || { echo "credentials not found in native keychain"; exit 1; }
                echo '{"ServerURL":"%s","Username":"%s","Secret":"%s"}'
                """.formatted(address(), address(), USER, PASSWORD));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return settings(docker, "{\"auths\":{\"" + address() + "\":{}},\"credsStore\":\"harbour\"}");
    }

    private static Path settings(Path docker, String text) throws IOException {
        Files.writeString(Files.createDirectories(docker).resolve("config.json"), text);
        return docker;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
