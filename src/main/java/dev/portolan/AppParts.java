package dev.portolan;

import dev.portolan.cli.Parts;
import dev.portolan.demo.DemoImage;
import dev.portolan.demo.DemoImages;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.api.DockerEngine;
import dev.portolan.docker.api.RegistryLogins;
import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.Threads;
import dev.portolan.host.HostConnection;
import dev.portolan.host.HostKeys;
import dev.portolan.host.local.LocalHost;
import dev.portolan.host.ssh.SshClients;
import dev.portolan.host.ssh.SshHost;
import dev.portolan.model.Host;
import dev.portolan.model.HostAddress;
import dev.portolan.model.Secret;
import dev.portolan.secrets.Safe;
import dev.portolan.secrets.SecretFile;
import dev.portolan.setup.EngineSetup;
import dev.portolan.setup.EngineSocket;
import dev.portolan.setup.LocalMachine;
import dev.portolan.setup.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The parts for regions on this machine and for hosts over SSH. */
final class AppParts implements Parts {
    private static final String STATE = "PORTOLAN_STATE";

    private final Map<String, String> environment;
    private final Path state;
    private final List<HostConnection> connections = new ArrayList<>();
    private final Map<String, AppFleet> fleets = new HashMap<>();
    private Optional<ContainerEngine> engine = Optional.empty();
    private Optional<SshClients> ssh = Optional.empty();
    private Optional<Safe> safe = Optional.empty();

    AppParts(Map<String, String> environment) {
        this(environment, stateIn(environment));
    }

    private AppParts(Map<String, String> environment, Path state) {
        this.environment = environment;
        this.state = state;
    }

    private static Path stateIn(Map<String, String> environment) {
        String chosen = environment.getOrDefault(STATE, "");
        return chosen.isEmpty()
                ? LocalHost.rootIn(environment, System.getProperty("user.name", ""), home())
                : Path.of(chosen).toAbsolutePath().normalize();
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home", "/"));
    }

    @Override
    public Path state() {
        return state;
    }

    @Override
    public Parts at(Path other) {
        return new AppParts(environment, other);
    }

    @Override
    public Machine machine() {
        return new LocalMachine();
    }

    @Override
    public EngineSetup setup() {
        return new EngineSetup(machine(), EngineSocket.of(environment), state);
    }

    @Override
    public synchronized ContainerEngine engine() {
        if (engine.isEmpty()) {
            EngineSocket.of(environment); // says so when DOCKER_HOST names no engine of this machine
            engine = Optional.of(engineOf(connect(state)));
        }
        return engine.get();
    }

    @Override
    public HostKeys hostKeys() {
        return ssh();
    }

    @Override
    public Optional<String> proxyImage() {
        return new DemoImages(engine(), machine(), state)
                .present(Set.of(DemoImage.HAPROXY))
                .map(images -> images.references().get(DemoImage.HAPROXY));
    }

    @Override
    public synchronized Fleet fleet(String app, List<Host> hosts, Consumer<String> progress) {
        AppFleet fleet = fleets.computeIfAbsent(app, name -> new AppFleet(this, name, new ProxyImages(this, progress)));
        fleet.know(hosts);
        return fleet;
    }

    @Override
    public synchronized Safe safe(Path folder, Supplier<Secret> key) {
        if (safe.isEmpty()) {
            safe = Optional.of(new Safe(new LocalStores(folder, environment), key, new Threads()));
        }
        return safe.get();
    }

    @Override
    public SecretFile secretFile(Path file) {
        return LocalStores.file(file, environment);
    }

    /** An engine that is reached by a connection. */
    ContainerEngine engineOf(HostConnection host) {
        return new DockerEngine(host, new RegistryLogins(environment));
    }

    /** This machine, with the files of a folder. */
    synchronized HostConnection connect(Path root) {
        return closedWithThis(new LocalHost(root, LocalHost.engineSocketIn(environment)));
    }

    /** Logs in. */
    SshHost connect(HostAddress.Ssh address) {
        SshHost host = SshHost.open(ssh(), address);
        closedWithThis(host);
        return host;
    }

    private synchronized HostConnection closedWithThis(HostConnection host) {
        connections.add(host);
        return host;
    }

    private synchronized SshClients ssh() {
        if (ssh.isEmpty()) {
            ssh = Optional.of(new SshClients(
                    environment, home(), System.getProperty("user.name", ""), new TerminalPassphrases()));
        }
        return ssh.get();
    }

    @Override
    public synchronized void close() {
        engine.ifPresent(ContainerEngine::close);
        fleets.values().forEach(AppFleet::close);
        connections.forEach(HostConnection::close);
        ssh.ifPresent(SshClients::close);
    }
}
