package dev.portolan.host.ssh;

import dev.portolan.host.HostUploads;
import dev.portolan.host.ssh.RemoteShell.Answer;
import java.io.IOException;
import java.util.OptionalLong;

/** Files in a folder that only Portolan's user may enter, handed to the engine by the host's own {@code docker} command. */
public final class SshUploads implements HostUploads {
    private static final int NO_COMMAND = 44;
    /** What nobody has gone on with for so long is of a command that nobody has run again. */
    private static final int KEPT_DAYS = 3;

    private final Shells host;
    private final String folder;
    private final String engine;

    /** @param folder absolute path on the host */
    public static SshUploads on(SshHost host, String folder) {
        return on(host, folder, host.engineSocket());
    }

    /** @param engine socket of another engine there */
    public static SshUploads on(SshHost host, String folder, String engine) {
        return new SshUploads(host.shells(), folder, engine);
    }

    SshUploads(Shells host, String folder, String engine) {
        this.host = host;
        this.folder = folder;
        this.engine = engine;
    }

    @Override
    public OptionalLong size(String name) throws IOException {
        Answer answer = host.run("command -v docker >/dev/null || exit " + NO_COMMAND + "; find " + quoted(folder)
                + " -type f -mtime +" + KEPT_DAYS + " -exec rm -f {} + 2>/dev/null; [ -e " + path(name)
                + " ] || { echo 0; exit; }; wc -c <" + path(name));
        return answer.status() == NO_COMMAND ? OptionalLong.empty() : OptionalLong.of(number(answer));
    }

    /** What is there goes first; what comes goes on, and to the end of the file as well. */
    @Override
    public Handed finish(String name, Content rest) throws IOException {
        Answer answer = host.feed(
                "umask 077; mkdir -p " + quoted(folder) + " && { [ ! -e " + path(name) + " ] || cat " + path(name)
                        + "; tee -a " + path(name) + "; } | docker --host " + quoted("unix://" + engine)
                        + " load --quiet",
                rest::writeTo);
        return new Handed(answer.status() == 0, answer.output().strip());
    }

    @Override
    public void remove(String name) throws IOException {
        host.run("rm -f " + path(name));
    }

    private static long number(Answer answer) throws IOException {
        try {
            return Long.parseLong(answer.output().strip());
        } catch (NumberFormatException other) {
            throw new IOException("the host said of a file: " + answer.output().strip(), other);
        }
    }

    private String path(String name) {
        return quoted(folder + "/" + name);
    }

    private static String quoted(String text) {
        return ShellText.quoted(text);
    }
}
