package dev.portolan.host.ssh;

import dev.portolan.host.HostKeys;
import dev.portolan.host.ssh.KnownHosts.Verdict;
import dev.portolan.model.HostAddress;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * Logs in to hosts, directly or through others. Hosts that go through the same one share its connection. Safe for use by many threads.
 * Closing it ends all connections.
 */
public final class SshClients implements HostKeys, AutoCloseable {
    /** For each of: the connection, the exchange of keys, the login. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 3;
    private static final AttributeKey<Login> LOGIN = new AttributeKey<>();

    private final OpenSsh openSsh;
    private final Identities identities;
    private final Map<String, ClientSession> jumps = new HashMap<>();
    private Optional<SshClient> client = Optional.empty();

    /**
     * @param environment of this process
     * @param home this person's
     * @param user this person's name here
     */
    public SshClients(Map<String, String> environment, Path home, String user, Passphrases passphrases) {
        this.openSsh = new OpenSsh(environment, home, user);
        this.identities = new Identities(passphrases);
    }

    /** A login that is under way, and what became of the host's key. */
    private static final class Login {
        private final SshSettings settings;
        private final KnownHosts known;
        private volatile Optional<UserError> refusal = Optional.empty();

        Login(SshSettings settings) {
            this.settings = settings;
            this.known = new KnownHosts(settings.knownHosts());
        }

        boolean accepts(PublicKey key) {
            try {
                Verdict verdict = known.verdict(settings.knownName(), settings.knownPort(), key);
                refusal = HostKeyRefusal.of(verdict, settings, known, key);
            } catch (IOException unreadable) {
                refusal = Optional.of(new UserError(
                        "the known hosts cannot be read: " + unreadable.getMessage(), "correct the file's rights"));
            }
            return refusal.isEmpty();
        }
    }

    @Override
    public Optional<UnknownHost> unknown(HostAddress.Ssh host) {
        try {
            login(host).close(true);
            return Optional.empty();
        } catch (HostKeyRefusal refusal) {
            return Optional.of(refusal.unknown().orElseThrow(() -> refusal));
        }
    }

    /**
     * Logs in. The session ends by itself when the host has not answered for a quarter of a minute.
     *
     * @throws UserError when the host does not answer, is not known, or does not let this person in
     */
    ClientSession login(HostAddress.Ssh target) {
        SshSettings settings = openSsh.settings(target);
        if (settings.jumps().isEmpty()) {
            return login(settings, settings.address(), settings.port());
        }
        SshdSocketAddress here = new SshdSocketAddress("127.0.0.1", 0);
        ClientSession between = through(settings.jumps());
        try {
            SshdSocketAddress door =
                    between.startLocalPortForwarding(here, new SshdSocketAddress(settings.address(), settings.port()));
            try {
                return login(settings, door.getHostName(), door.getPort());
            } finally {
                between.stopLocalPortForwarding(door); // whoever is on this machine could go through it
            }
        } catch (IOException refused) {
            throw unreachable(settings, refused);
        }
    }

    /** The session to the last of some hosts in a chain. */
    private synchronized ClientSession through(List<String> hosts) {
        String chain = String.join(",", hosts);
        ClientSession kept = jumps.get(chain);
        if (kept != null && kept.isOpen()) {
            return kept;
        }
        HostAddress.Ssh last = HostAddress.Ssh.parse(hosts.getLast())
                .orElseThrow(() -> new UserError(
                        "\"" + hosts.getLast() + "\" is no host to go through",
                        "correct ProxyJump in ~/.ssh/config, or \"via\" in portolan.yml"));
        Optional<String> before =
                hosts.size() == 1 ? last.via() : Optional.of(String.join(",", hosts.subList(0, hosts.size() - 1)));
        ClientSession session = login(new HostAddress.Ssh(last.user(), last.address(), last.port(), before));
        jumps.put(chain, session);
        return session;
    }

    private ClientSession login(SshSettings settings, String address, int port) {
        Login login = new Login(settings);
        ClientSession session;
        try {
            session = client().connect(
                            settings.user(), address, port, AttributeRepository.ofKeyValuePair(LOGIN, login), null)
                    .verify(LIMIT)
                    .getSession();
        } catch (IOException failed) {
            throw unreachable(settings, failed);
        }
        try {
            session.setKeyIdentityProvider(context -> identities.of(settings));
            session.auth().verify(LIMIT);
            return session;
        } catch (IOException refused) {
            session.close(true);
            throw login.refusal.orElseGet(() -> refused(settings, refused));
        }
    }

    private static UserError unreachable(SshSettings settings, IOException failure) {
        return new UserError(
                "cannot connect to " + settings.name() + ": " + failure.getMessage(),
                "see that the machine runs and lets SSH in from here; try: ssh " + settings.user() + "@"
                        + settings.address());
    }

    private static UserError refused(SshSettings settings, IOException failure) {
        String files = String.join(
                ", ",
                settings.identities().stream()
                        .filter(Files::exists)
                        .map(Path::toString)
                        .toList());
        return new UserError(
                settings.user() + "@" + settings.name() + " does not let you in: " + failure.getMessage(),
                "tried: " + (settings.agent().isPresent() ? "the keys of the agent" : "no agent")
                        + (files.isEmpty() ? ", no file of a key" : ", " + files)
                        + "; put your public key into ~/.ssh/authorized_keys there");
    }

    private synchronized SshClient client() {
        if (client.isEmpty()) {
            SshClient made = SshClient.setUpDefaultClient();
            made.setServerKeyVerifier((session, address, key) -> login(session).accepts(key));
            made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY); // OpenSSH has been asked
            made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
            made.setAgentFactory(new Agents());
            made.addSessionListener(new KnownKindsFirst());
            CoreModuleProperties.HEARTBEAT_INTERVAL.set(made, HEARTBEAT);
            CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(made, MISSED_HEARTBEATS);
            CoreModuleProperties.IO_CONNECT_TIMEOUT.set(made, LIMIT);
            CoreModuleProperties.AUTH_TIMEOUT.set(made, LIMIT.multipliedBy(4)); // a passphrase may be asked for
            made.start();
            client = Optional.of(made);
        }
        return client.get();
    }

    private static Login login(ClientSession session) {
        return Optional.ofNullable(session.getConnectionContext())
                .map(context -> context.getAttribute(LOGIN))
                .orElseThrow();
    }

    @Override
    public synchronized void close() {
        client.ifPresent(SshClient::stop);
        client = Optional.empty();
        jumps.clear();
    }

    /**
     * Asks a host for a key of a kind that is known of it: it may have several, and another one would look like that of somebody else.
     */
    private static final class KnownKindsFirst implements SessionListener {

        @Override
        public void sessionCreated(Session session) {
            Login login = login((ClientSession) session);
            try {
                List<String> known = login.known.kinds(login.settings.knownName(), login.settings.knownPort());
                List<NamedFactory<Signature>> factories = new ArrayList<>(session.getSignatureFactories());
                factories.sort(Comparator.comparing(
                        factory -> !known.contains(KeyUtils.getCanonicalKeyType(factory.getName()))));
                session.setSignatureFactories(factories);
            } catch (IOException unreadable) {
                // said when the key is looked up
            }
        }
    }

    /** The agent of each host's own settings. */
    private static final class Agents implements SshAgentFactory {

        @Override
        public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
            return List.of();
        }

        @Override
        public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
            SshSettings settings = login((ClientSession) session).settings;
            Optional<String> socket = settings.agent().filter(path -> Files.exists(Path.of(path)));
            return socket.isPresent()
                    ? new SshAgentSocket(socket.get(), key -> !settings.onlyThese() || Identities.name(settings, key))
                    : new NoAgent();
        }

        @Override
        public SshAgentServer createServer(ConnectionService service) throws IOException {
            throw new IOException("agents are not forwarded");
        }
    }

    /** That of a person who has none: it holds no keys. */
    private static final class NoAgent extends AbstractAgentProxy {

        NoAgent() {
            super(null);
        }

        @Override
        public Iterable<Map.Entry<PublicKey, String>> getIdentities() {
            return List.of();
        }

        @Override
        protected Buffer request(Buffer buffer) throws IOException {
            throw new IOException("there is no SSH agent");
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}
