package dev.portolan.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** An SSH agent with a fresh key. */
public final class SshAgent implements AutoCloseable {
    private static final Path CLIENT = Path.of("/usr/bin/ssh-add");
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private final Process process;
    private final Path folder;

    private SshAgent(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * The test is skipped, and says so, where there is no OpenSSH.
     *
     * @param folder with a short path: a socket is in it
     */
    public static SshAgent start(Path folder) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(CLIENT), "needs the client of OpenSSH: " + CLIENT);
        Files.createDirectories(folder);
        Process process = new ProcessBuilder("ssh-agent", "-D", "-a", folder + "/socket")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        SshAgent agent = new SshAgent(process, folder);
        while (Files.notExists(agent.socket())) {
            if (!process.isAlive()) {
                throw new IOException("no agent: " + Files.readString(folder.resolve("log")));
            }
            Commands.pause(java.time.Duration.ofMillis(10));
        }
        Commands.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "of the tests", "-f", folder + "/key");
        Commands.run("env", "SSH_AUTH_SOCK=" + agent.socket(), CLIENT.toString(), "-q", folder + "/key");
        return agent;
    }

    public Path socket() {
        return folder.resolve("socket");
    }

    public Path privateKey() {
        return folder.resolve("key");
    }

    public Path publicKey() {
        return folder.resolve("key.pub");
    }

    /** What {@code ssh-add -l} says of the key. */
    public String listed() throws IOException {
        return Commands.run("env", "SSH_AUTH_SOCK=" + socket(), CLIENT.toString(), "-l")
                .strip();
    }

    /** Copies this machine's {@code ssh-add}, with the libraries that it needs, to where an image has them. */
    public static void copyClient(Path root) throws IOException {
        copy(root, CLIENT);
        Matcher libraries = LIBRARY.matcher(Commands.run("ldd", CLIENT.toString()));
        while (libraries.find()) {
            copy(root, Path.of(libraries.group(1)));
        }
    }

    private static void copy(Path root, Path file) throws IOException {
        Path copy = root.resolve(Path.of("/").relativize(file));
        Files.createDirectories(copy.resolveSibling(""));
        Files.copy(file.toRealPath(), copy);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
