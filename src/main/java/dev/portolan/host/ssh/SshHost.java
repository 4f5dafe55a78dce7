package dev.portolan.host.ssh;

import dev.portolan.host.ByteStream;
import dev.portolan.host.HostConnection;
import dev.portolan.host.HostFiles;
import dev.portolan.host.HostPorts;
import dev.portolan.host.HostRoutes;
import dev.portolan.host.RouteTable;
import dev.portolan.host.TimeLimit;
import dev.portolan.host.ssh.RemoteShell.Answer;
import dev.portolan.model.HostAddress;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.session.ConnectionService;

/** A machine that is reached over SSH, by one connection that is made again when it has broken. */
public final class SshHost implements HostConnection {
    private static final String ENGINE_SOCKET = "/var/run/docker.sock";
    /** For what a host does without waiting for anybody. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration OPEN_LIMIT = Duration.ofSeconds(15);
    /** OpenSSH takes ten at once by default (MaxSessions); sockets that are forwarded do not count. */
    private static final int MOST_COMMANDS = 8;

    private final SshClients clients;
    private final HostAddress.Ssh target;
    private final SshFiles files;
    private final Semaphore commands = new Semaphore(MOST_COMMANDS);
    private final ConcurrentLinkedDeque<RemoteShell> shells = new ConcurrentLinkedDeque<>();
    private Optional<ClientSession> session = Optional.empty();
    private boolean closed;

    /**
     * Logs in.
     *
     * @throws UserError when the host does not answer, is not known, or does not let this person in
     */
    public static SshHost open(SshClients clients, HostAddress.Ssh target) {
        return new SshHost(clients, target);
    }

    private SshHost(SshClients clients, HostAddress.Ssh target) {
        this.clients = clients;
        this.target = target;
        try {
            this.files = filesOf(run("id -u; id -g; if [ \"$(id -u)\" = 0 ]; then echo /var/lib; else"
                    + " echo \"${XDG_STATE_HOME:-$HOME/.local/state}\"; fi"));
        } catch (IOException broken) {
            throw new UserError(
                    target.text() + " let us in, but has no POSIX shell: " + broken.getMessage(),
                    "see what \"" + target.commandLine() + " sh\" does");
        }
    }

    private SshFiles filesOf(Answer answer) throws IOException {
        List<String> lines = answer.output().lines().toList();
        if (answer.status() != 0 || lines.size() != 3) {
            throw new IOException(answer.output().strip());
        }
        return new SshFiles(
                shells(),
                lines.get(2) + "/portolan",
                new HostFiles.Owner(Integer.parseInt(lines.get(0)), Integer.parseInt(lines.get(1))));
    }

    /** Its scripts have a minute each, unless they read. */
    Shells shells() {
        return new Shells() {
            @Override
            public Answer run(String script) throws IOException {
                return SshHost.this.run(script);
            }

            @Override
            public Answer feed(String script, Content content) throws IOException {
                return inPlace(() -> SshHost.this.feed(script, content));
            }

            @Override
            public String toString() {
                return target.text();
            }
        };
    }

    private Answer run(String script) throws IOException {
        return inPlace(() -> runNow(script));
    }

    private Answer runNow(String script) throws IOException {
        RemoteShell shell = shell();
        TimeLimit limit = TimeLimit.start(shell.stream(), LIMIT);
        try {
            Answer answer = shell.run(script);
            shells.addFirst(shell);
            return answer;
        } catch (IOException failed) {
            shell.close();
            throw limit.explained(failed);
        } finally {
            limit.lift();
        }
    }

    private interface Command {
        Answer run() throws IOException;
    }

    private Answer inPlace(Command command) throws IOException {
        try {
            commands.acquire();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before a command on " + target.text());
        }
        try {
            return command.run();
        } finally {
            commands.release();
        }
    }

    private RemoteShell shell() throws IOException {
        for (RemoteShell kept = shells.pollFirst(); kept != null; kept = shells.pollFirst()) {
            if (kept.isOpen()) {
                return kept;
            }
            kept.close();
        }
        RemoteShell shell = new RemoteShell(execute("exec sh"), new SecureRandom());
        shell.define(SshFiles.FUNCTIONS);
        return shell;
    }

    private Answer feed(String script, Shells.Content content) throws IOException {
        ChannelExec channel = session().createExecChannel("exec sh -c " + ShellText.quoted(script));
        channel.setRedirectErrorStream(true);
        channel.open().verify(OPEN_LIMIT);
        try (ByteStream stream = new ChannelStream(channel)) {
            Optional<IOException> unsent = Optional.empty();
            try (OutputStream output = stream.output()) {
                content.writeTo(output);
            } catch (IOException ended) {
                unsent = Optional.of(ended); // what the command has to say of it comes first
            }
            String output = new String(stream.input().readAllBytes(), StandardCharsets.UTF_8);
            channel.waitFor(EnumSet.of(ClientChannelEvent.EXIT_STATUS, ClientChannelEvent.CLOSED), LIMIT);
            Integer status = channel.getExitStatus();
            if (status == null || (status == 0 && unsent.isPresent())) {
                throw unsent.orElseGet(() -> new IOException("the command on " + target.text() + " was cut off"));
            }
            return new Answer(status, output);
        }
    }

    /** Starts a command of the host. Closing the stream ends it. */
    ByteStream execute(String command) throws IOException {
        ChannelExec channel = session().createExecChannel(command);
        channel.setRedirectErrorStream(true);
        channel.open().verify(OPEN_LIMIT);
        return new ChannelStream(channel);
    }

    @Override
    public ByteStream dial(String socket) throws IOException {
        ClientSession open = session();
        StreamLocalChannel channel = new StreamLocalChannel(socket);
        open.getService(ConnectionService.class).registerChannel(channel);
        try {
            channel.open().verify(OPEN_LIMIT);
            return new ChannelStream(channel);
        } catch (IOException refused) {
            channel.close(true);
            return instead(socket, refused);
        }
    }

    /**
     * The server gives one reason for everything, so the host is asked. Where the server forwards no sockets, Docker's own command
     * connects to the engine.
     */
    private ByteStream instead(String socket, IOException refused) throws IOException {
        Answer why = run("s=" + ShellText.quoted(socket) + """

                [ -e "$s" ] || { echo missing; exit; }
                [ -w "$s" ] || { echo denied; exit; }
                grep -qF -e " $s" -e " $(readlink -f "$s")" /proc/net/unix && echo listening""");
        String found = why.output().strip();
        if (found.equals("listening") && socket.equals(ENGINE_SOCKET)) {
            return execute("docker system dial-stdio");
        }
        IOException explained = switch (found) {
            case "missing" -> new NoSuchFileException(socket);
            case "denied" -> new AccessDeniedException(socket);
            case "listening" ->
                new IOException("the SSH server of " + target.text()
                        + " does not forward sockets (AllowStreamLocalForwarding)");
            default -> new SocketException("nothing listens on " + socket + " of " + target.text());
        };
        explained.initCause(refused);
        throw explained;
    }

    private synchronized ClientSession session() throws IOException {
        if (closed) {
            throw new SocketException("the connection to " + target.text() + " is closed");
        }
        if (session.filter(ClientSession::isOpen).isEmpty()) {
            session = Optional.of(clients.login(target));
        }
        return session.get();
    }

    @Override
    public HostFiles files() {
        return files;
    }

    @Override
    public HostRoutes routes() {
        return () -> {
            Answer answer = run("cat " + RouteTable.FILE + " 2>/dev/null || :");
            return RouteTable.networks(answer.output().lines().toList());
        };
    }

    @Override
    public HostPorts ports() {
        return new HostPorts() {
            @Override
            public boolean taken(String bind) {
                return !taken(List.of(bind)).isEmpty();
            }

            @Override
            public List<String> taken(List<String> binds) {
                return binds.isEmpty() ? List.of() : listening(binds);
            }
        };
    }

    private List<String> listening(List<String> binds) {
        try {
            List<String> sockets = run(ListeningSockets.SCRIPT).output().lines().toList();
            return binds.stream()
                    .filter(bind -> ListeningSockets.taken(sockets, bind))
                    .toList();
        } catch (IOException untold) {
            return List.of();
        }
    }

    @Override
    public String engineSocket() {
        return ENGINE_SOCKET;
    }

    @Override
    public synchronized void close() {
        closed = true;
        session.ifPresent(open -> open.close(true));
    }

    @Override
    public String toString() {
        return target.text();
    }
}
