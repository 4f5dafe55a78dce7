package dev.portolan.host.ssh;

import dev.portolan.host.ssh.RemoteShell.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Shells of this machine, a new one for each script. */
final class LocalShells implements Shells {

    @Override
    public Answer run(String script) throws IOException {
        try (RemoteShell shell = new RemoteShell(LocalShell.start(), new Random(1))) {
            shell.define(SshFiles.FUNCTIONS);
            return shell.run(script);
        }
    }

    @Override
    public Answer feed(String script, Content content) throws IOException {
        Process process =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        try (OutputStream input = process.getOutputStream()) {
            content.writeTo(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.onExit().join().exitValue(), output);
    }

    @Override
    public String toString() {
        return "this machine";
    }
}
