package dev.portolan.host.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.host.ByteStream;
import dev.portolan.host.HostKeys.UnknownHost;
import dev.portolan.model.HostAddress;
import dev.portolan.model.UserError;
import dev.portolan.testing.Commands;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With OpenSSH's own server on this machine. */
class SshHostIT {
    private static final String ME = System.getProperty("user.name");

    @TempDir
    Path folder;

    private TestSshd server;
    private Path config;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server = opened(TestSshd.start(folder.resolve("server")));
        config = folder.resolve("config");
        environment.put("PORTOLAN_SSH_CONFIG", config.toString());
        environment.put("PATH", System.getenv("PATH"));
        trust(hostName(), server.hostKey("ed25519"));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
    }

    @Test
    void aCommandRunsOnTheHostAndFilesAreThere() throws Exception {
        SshHost host = withKey();
        assertThat(host.shells().run("echo $((6 * 7))").output()).isEqualTo("42\n");
        assertThat(host.files().owner().user()).isEqualTo(Files.getAttribute(folder, "unix:uid"));
        assertThat(host.routes().read()).isNotNull();
    }

    @Test
    void bytesGoBothWaysThroughASocketOfTheHost() throws Exception {
        Path socket = folder.resolve("socket");
        SshHost host = withKey();
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            try (ByteStream stream = host.dial(socket.toString());
                    SocketChannel peer = listener.accept()) {
                stream.output().write("hello".getBytes(UTF_8));
                stream.output().flush();
                ByteBuffer received = ByteBuffer.allocate(5);
                while (received.hasRemaining()) {
                    peer.read(received);
                }
                assertThat(received.array()).asString(UTF_8).isEqualTo("hello");
                peer.write(ByteBuffer.wrap("world".getBytes(UTF_8)));
                assertThat(stream.input().readNBytes(5)).asString(UTF_8).isEqualTo("world");
                stream.output().close();
                assertThat(peer.read(ByteBuffer.allocate(1)))
                        .as("the end of what is sent")
                        .isEqualTo(-1);
                peer.write(ByteBuffer.wrap("!".getBytes(UTF_8)));
                peer.shutdownOutput();
                assertThat(stream.input().readAllBytes()).asString(UTF_8).isEqualTo("!");
            }
        }
        assertThatThrownBy(() -> host.dial(socket.toString())).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> host.dial("/no/such/socket")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void manyCommandsAndSocketsAtOnceShareOneConnection() throws Exception {
        SshHost host = withKey();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int number = 0; number < 40; number++) {
                String script = "sleep 0.1; echo " + number;
                answers.add(threads.submit(() -> host.shells().run(script).output()));
            }
            for (int number = 0; number < answers.size(); number++) {
                assertThat(answers.get(number).get()).isEqualTo(number + "\n");
            }
        }
        assertThat(Files.readString(folder.resolve("server/log")).split("Accepted publickey", -1))
                .hasSize(2);
    }

    @Test
    void anUnknownHostIsRefusedWithItsFingerprint() throws Exception {
        Files.delete(folder.resolve("known_hosts"));
        String fingerprint = fingerprint("ed25519");
        assertThatThrownBy(this::withKey).isInstanceOfSatisfying(HostKeyRefusal.class, refusal -> {
            assertThat(refusal.message())
                    .startsWith("the host " + hostName() + " is not in " + folder.resolve("known_hosts"))
                    .contains(fingerprint);
            assertThat(refusal.remedy()).endsWith("portolan trust");
            assertThat(refusal.unknown()).isPresent();
        });
    }

    @Test
    void whoIsTrustedIsKnownFromThenOn() throws Exception {
        Files.delete(folder.resolve("known_hosts"));
        configure();
        SshClients clients = clients();
        HostAddress.Ssh box = HostAddress.Ssh.parse("box").orElseThrow();
        UnknownHost unknown = clients.unknown(box).orElseThrow();
        assertThat(unknown.fingerprint()).isEqualTo("ssh-ed25519 " + fingerprint("ed25519"));
        assertThat(unknown.file()).isEqualTo(folder.resolve("known_hosts").toString());

        unknown.trust();

        SshHost host = withKey();
        assertThat(clients.unknown(box)).isEmpty();
        assertThat(host.shells().run("echo in").output()).isEqualTo("in\n");
    }

    @Test
    void aChangedHostIsRefused() throws Exception {
        Files.delete(folder.resolve("known_hosts"));
        TestSshd.keygen(folder.resolve("other"), "-t", "ed25519", "-N", "");
        String other = Files.readString(folder.resolve("other.pub"));
        trust(hostName(), other.substring(0, other.lastIndexOf(' ')));
        assertThatThrownBy(this::withKey)
                .isInstanceOf(HostKeyRefusal.class)
                .hasMessageStartingWith("the host " + hostName() + " has another key than the one in "
                        + folder.resolve("known_hosts") + ":1")
                .hasMessageContaining(fingerprint("ed25519"));
    }

    @Test
    void theHostIsAskedForTheKeyThatIsKnown() throws Exception {
        Files.delete(folder.resolve("known_hosts"));
        trust(hostName(), server.hostKey("rsa"));
        assertThat(withKey().shells().run("echo in").output()).isEqualTo("in\n");
    }

    @Test
    void hashedNamesAreKnown() throws Exception {
        Commands.run(
                "ssh-keygen", "-q", "-H", "-f", folder.resolve("known_hosts").toString());
        assertThat(Files.readString(folder.resolve("known_hosts"))).startsWith("|1|");
        assertThat(withKey().shells().run("echo in").output()).isEqualTo("in\n");
    }

    @Test
    void whoHasNoKeyIsToldWhatWasTried() throws Exception {
        configure("IdentityFile " + folder.resolve("none"));
        assertThatThrownBy(() -> host("box")).isInstanceOfSatisfying(UserError.class, refused -> {
            assertThat(refused.message()).contains(ME + "@" + hostName() + " does not let you in");
            assertThat(refused.remedy()).startsWith("tried: no agent, no file of a key");
        });
    }

    @Test
    void aHostThatIsNotThereIsSaid() throws Exception {
        server.close();
        assertThatThrownBy(this::withKey)
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("cannot connect to " + hostName());
    }

    @Test
    void thePassphraseOfAKeyIsAskedForOnceForAllHosts() throws Exception {
        Path key = server.allowedKey("locked", "-t", "ed25519", "-N", "open sesame");
        configure("IdentityFile " + key);
        SshClients clients = clients();
        host(clients, "box");
        host(clients, "box");
        assertThat(asked).containsExactly(key + " false");
    }

    @Test
    void aWrongPassphraseIsAskedForAgainAndNoneMeansAnotherKey() throws Exception {
        Path key = server.allowedKey("locked", "-t", "rsa", "-N", "something else");
        Path other = server.allowedKey("plain", "-t", "ecdsa", "-N", "");
        configure("IdentityFile " + key, "IdentityFile " + other);
        assertThat(host("box").shells().run("echo in").output()).isEqualTo("in\n");
        assertThat(asked).containsExactly(key + " false", key + " true", key + " true");
    }

    @Test
    void theKeysOfAnAgentAreUsed() throws Exception {
        Path key = server.allowedKey("agent", "-t", "ed25519", "-N", "");
        try (Agent agent = Agent.start(folder.resolve("agent.sock"))) {
            agent.add(key);
            Files.delete(key);
            environment.put("SSH_AUTH_SOCK", agent.socket().toString());
            configure("IdentityFile " + folder.resolve("none"));
            assertThat(host("box").shells().run("echo in").output()).isEqualTo("in\n");
            configure("IdentityFile " + folder.resolve("none"), "IdentitiesOnly yes");
            assertThatThrownBy(() -> host("box")).isInstanceOf(UserError.class);
            configure("IdentityFile " + key, "IdentitiesOnly yes");
            assertThat(host("box").shells().run("echo in").output())
                    .as("named by the public key that is left")
                    .isEqualTo("in\n");
        }
    }

    @Test
    void aCertificateLetsItsKeyIn() throws Exception {
        Path authority = folder.resolve("authority");
        TestSshd.keygen(authority, "-t", "ed25519", "-N", "");
        Path key = folder.resolve("certified");
        TestSshd.keygen(key, "-t", "ed25519", "-N", "");
        Commands.run("ssh-keygen", "-q", "-s", authority.toString(), "-I", "me", "-n", ME, key + ".pub");
        server.allow("cert-authority "
                + Files.readString(Path.of(authority + ".pub")).strip());
        configure("IdentityFile " + key);
        assertThat(host("box").shells().run("echo in").output()).isEqualTo("in\n");
    }

    @Test
    void aHostIsReachedThroughAnother() throws Exception {
        Path key = server.allowedKey("key", "-t", "ed25519", "-N", "");
        try (TestSshd inner = TestSshd.start(folder.resolve("inner"))) {
            inner.allow(Files.readString(Path.of(key + ".pub")).strip());
            trust("[127.0.0.1]:" + inner.port(), inner.hostKey("ed25519"));
            configure("IdentityFile " + key, "", "Host inner", "  Port " + inner.port(), "  ProxyJump box");
            assertThat(host("inner").shells().run("echo in").output()).isEqualTo("in\n");
            assertThat(Files.readString(folder.resolve("server/log"))).contains("Accepted publickey");
            assertThat(inner.sessions()).isNotEmpty();
        }
    }

    @Test
    void aHostThatHangsDoesNotHangTheCommand() throws Exception {
        SshHost host = withKey();
        host.shells().run("echo in");
        for (ProcessHandle session : server.sessions()) {
            Commands.run("kill", "-STOP", Long.toString(session.pid()));
        }
        long began = System.nanoTime();
        assertThatThrownBy(() -> host.shells().run("echo never")).isInstanceOf(IOException.class);
        assertThat(System.nanoTime() - began).isLessThan(60_000_000_000L);
    }

    @Test
    void aConnectionThatBrokeIsMadeAgain() throws Exception {
        SshHost host = withKey();
        host.shells().run("echo in");
        server.sessions().forEach(ProcessHandle::destroyForcibly);
        assertThatThrownBy(() -> {
                    for (int tried = 0; tried < 100; tried++) {
                        host.shells().run("sleep 0.1");
                    }
                    throw new IOException("none was cut off: all of them were on a new connection");
                })
                .isInstanceOf(IOException.class);
        assertThat(host.shells().run("echo in again").output()).isEqualTo("in again\n");
    }

    @Test
    void whereSocketsAreNotForwardedItIsSaid() throws Exception {
        server.close();
        server = opened(TestSshd.start(folder.resolve("closed"), "AllowStreamLocalForwarding no"));
        trust(hostName(), server.hostKey("ed25519"));
        SshHost host = withKey();
        Path socket = folder.resolve("admin.sock");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(() -> host.dial(socket.toString()))
                    .hasMessageContaining("does not forward sockets (AllowStreamLocalForwarding)");
        }
    }

    /** A host of the name {@code box}, with a key that may come in. */
    private SshHost withKey() throws Exception {
        Path key = folder.resolve(server.port() + "/key");
        if (Files.notExists(key)) {
            Files.createDirectories(key.getParent());
            TestSshd.keygen(key, "-t", "ed25519", "-N", "");
            server.allow(Files.readString(Path.of(key + ".pub")).strip());
        }
        configure("IdentityFile " + key);
        return host("box");
    }

    private SshHost host(String name) {
        return host(clients(), name);
    }

    private SshHost host(SshClients clients, String name) {
        return opened(SshHost.open(clients, HostAddress.Ssh.parse(name).orElseThrow()));
    }

    private SshClients clients() {
        return opened(new SshClients(environment, folder, ME, (key, again) -> {
            asked.add(key + " " + again);
            return Optional.of("open sesame");
        }));
    }

    private void configure(String... lines) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "Host box",
                "  HostName 127.0.0.1",
                "  Port " + server.port(),
                "Host *",
                "  HostName 127.0.0.1",
                "  User " + ME,
                "  UserKnownHostsFile " + folder.resolve("known_hosts")));
        int host = List.of(lines).indexOf("");
        List<String> special = host < 0 ? List.of() : List.of(lines).subList(host + 1, lines.length);
        all.addAll(0, special);
        all.addAll(List.of(lines).subList(0, host < 0 ? lines.length : host));
        Files.write(config, all);
    }

    private void trust(String name, String key) throws IOException {
        Path file = folder.resolve("known_hosts");
        String before = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, before + name + " " + key + "\n");
    }

    private String hostName() {
        return "[127.0.0.1]:" + server.port();
    }

    private String fingerprint(String kind) throws IOException {
        return Commands.run(
                        "ssh-keygen",
                        "-lf",
                        folder.resolve("server/host_" + kind + ".pub").toString())
                .split(" ", -1)[1];
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    /** An agent of its own. */
    private record Agent(Path socket, Process process) implements AutoCloseable {

        static Agent start(Path socket) throws Exception {
            Process process = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
            while (Files.notExists(socket) && process.isAlive()) {
                Thread.sleep(20);
            }
            return new Agent(socket, process);
        }

        void add(Path key) throws IOException {
            Process adding;
            try {
                ProcessBuilder command = new ProcessBuilder("ssh-add", "-q", key.toString());
                command.environment().put("SSH_AUTH_SOCK", socket.toString());
                adding = command.start();
                assertThat(adding.waitFor()).isZero();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException(interrupted);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
