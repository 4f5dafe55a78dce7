package dev.portolan;

import dev.portolan.cli.Parts;
import dev.portolan.demo.DemoImage;
import dev.portolan.demo.DemoImages;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.api.DockerEngine;
import dev.portolan.docker.api.RegistryLogins;
import dev.portolan.fleet.Fleet;
import dev.portolan.haproxy.ContainerProcess;
import dev.portolan.haproxy.HaproxyFolder;
import dev.portolan.haproxy.HaproxyProcess;
import dev.portolan.host.HostConnection;
import dev.portolan.host.local.LocalHost;
import dev.portolan.host.local.LocalTrees;
import dev.portolan.model.Host;
import dev.portolan.model.HostAddress;
import dev.portolan.model.HostId;
import dev.portolan.model.ImageSource;
import dev.portolan.model.ProxyPorts;
import dev.portolan.model.UserError;
import dev.portolan.proxy.haproxy.HaproxyHost;
import dev.portolan.setup.EngineSetup;
import dev.portolan.setup.EngineSocket;
import dev.portolan.setup.LocalMachine;
import dev.portolan.setup.Machine;
import dev.portolan.traffic.TrafficLayer;
import dev.portolan.traffic.edge.Edge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The parts for regions on this machine: one engine, shared by all of them, and for each region a folder, a proxy and a connection of
 * its own.
 */
final class LocalParts implements Parts {
    private static final String STATE = "PORTOLAN_STATE";

    /** Beside the folders of the regions, none of which can have this name. */
    private static final String FILES = "_files";

    /** For what is done to a container that is there, whatever it was made from. */
    private static final ImageSource ANY_IMAGE = new ImageSource.Pulled("", "");

    private final Map<String, String> environment;
    private final Path state;
    private final List<HostConnection> connections = new ArrayList<>();
    private Optional<ContainerEngine> engine = Optional.empty();
    private Optional<ImageSource> proxyImage = Optional.empty();

    LocalParts(Map<String, String> environment) {
        this(environment, stateIn(environment));
    }

    private LocalParts(Map<String, String> environment, Path state) {
        this.environment = environment;
        this.state = state;
    }

    private static Path stateIn(Map<String, String> environment) {
        String chosen = environment.getOrDefault(STATE, "");
        return chosen.isEmpty()
                ? LocalHost.rootIn(
                        environment, System.getProperty("user.name", ""), Path.of(System.getProperty("user.home", "/")))
                : Path.of(chosen).toAbsolutePath().normalize();
    }

    @Override
    public Path state() {
        return state;
    }

    @Override
    public Parts at(Path other) {
        return new LocalParts(environment, other);
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
            engine = Optional.of(new DockerEngine(connect(state), new RegistryLogins(environment)));
        }
        return engine.get();
    }

    @Override
    public Optional<String> proxyImage() {
        return new DemoImages(engine(), machine(), state)
                .present(Set.of(DemoImage.HAPROXY))
                .map(images -> images.references().get(DemoImage.HAPROXY));
    }

    @Override
    public Fleet fleet(String app, Consumer<String> progress) {
        return new LocalFleet(app, progress);
    }

    @Override
    public synchronized void close() {
        engine.ifPresent(ContainerEngine::close);
        connections.forEach(HostConnection::close);
    }

    private synchronized HostConnection connect(Path root) {
        HostConnection host = new LocalHost(root, LocalHost.engineSocketIn(environment));
        connections.add(host);
        return host;
    }

    /** The image of every proxy and edge, fetched or built when the first one has to start. */
    private synchronized ImageSource proxyImage(Consumer<String> progress) {
        if (proxyImage.isEmpty()) {
            String reference = new DemoImages(engine(), machine(), state)
                    .ensure(Set.of(DemoImage.HAPROXY), progress)
                    .references()
                    .getOrDefault(DemoImage.HAPROXY, DemoImage.HAPROXY.official());
            String digest = engine().imageDigest(reference)
                    .orElseThrow(() -> new UserError(
                            "the image " + reference + " is gone from the engine", "run the command again"));
            proxyImage = Optional.of(new ImageSource.Pulled(reference, digest));
        }
        return proxyImage.get();
    }

    private final class LocalFleet implements Fleet {
        private final String app;
        private final Consumer<String> progress;
        private final Map<HostId, HostAccess> hosts = new HashMap<>();
        private Optional<TrafficLayer> traffic = Optional.empty();

        LocalFleet(String app, Consumer<String> progress) {
            this.app = app;
            this.progress = progress;
        }

        @Override
        public synchronized HostAccess on(HostId id) {
            return hosts.computeIfAbsent(id, this::open);
        }

        private HostAccess open(HostId id) {
            HostConnection host = connect(state.resolve(app).resolve(id.region()));
            String name = ProxyPorts.containerNameOf(app, new Host(id, new HostAddress.Local()));
            return new HostAccess(
                    engine(),
                    new HaproxyHost(host, new ProxyContainer(name, "proxy", progress), app),
                    host.files(),
                    host.routes(),
                    new LocalTrees(
                            state.resolve(app).resolve(FILES),
                            state.resolve(app).resolve(id.region()).resolve("apps/" + app + "/data")));
        }

        @Override
        public synchronized TrafficLayer traffic() {
            if (traffic.isEmpty()) {
                traffic = Optional.of(
                        new Edge(connect(state), new ProxyContainer("portolan-edge-" + app, "edge", progress), app));
            }
            return traffic.get();
        }
    }

    /** A HAProxy in a container whose image is seen to when it starts. */
    private final class ProxyContainer implements HaproxyProcess {
        private final String name;
        private final String role;
        private final Consumer<String> progress;

        ProxyContainer(String name, String role, Consumer<String> progress) {
            this.name = name;
            this.role = role;
            this.progress = progress;
        }

        @Override
        public void start(HaproxyFolder folder) {
            container(proxyImage(progress)).start(folder);
        }

        @Override
        public void remove() {
            container(ANY_IMAGE).remove();
        }

        @Override
        public String lastWords() {
            return container(ANY_IMAGE).lastWords();
        }

        @Override
        public boolean startsAsRoot() {
            return container(ANY_IMAGE).startsAsRoot();
        }

        private ContainerProcess container(ImageSource image) {
            return new ContainerProcess(engine(), name, role, image);
        }
    }
}
