package dev.portolan.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portolan.demo.hosts.VirtualHost;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.ContainerEngine.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Commands in virtual hosts that come neither over the network nor by SSH, as from a console. */
public final class HostShell {
    private final ContainerEngine outer;

    /** @param outer the engine that the hosts are containers of */
    HostShell(ContainerEngine outer) {
        this.outer = outer;
    }

    /** What a command has written, and how it ended. */
    public record Answer(int exitCode, String output) {}

    /**
     * Runs a script of the shell as root and returns what it has written.
     *
     * @param arguments {@code $1} and so on
     * @throws IllegalStateException when it fails
     */
    public String run(VirtualHost host, String script, String... arguments) {
        Answer answer = attempt(host, script, arguments);
        if (answer.exitCode() != 0) {
            throw new IllegalStateException("\"" + script + "\" " + List.of(arguments) + " on " + host.name()
                    + " ended with " + answer.exitCode() + ": " + answer.output());
        }
        return answer.output();
    }

    /** As {@link #run}, where it may fail. */
    public Answer attempt(VirtualHost host, String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int code = outer.exec(
                host.container(), command, new Terminal(InputStream.nullInputStream(), output, output, false));
        return new Answer(code, output.toString(UTF_8));
    }
}
