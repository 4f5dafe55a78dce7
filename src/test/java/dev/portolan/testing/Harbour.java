package dev.portolan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.config.ConfigurationReader;
import dev.portolan.demo.DemoFiles;
import dev.portolan.demo.DemoImage;
import dev.portolan.demo.DemoImages;
import dev.portolan.demo.ImageSet;
import dev.portolan.demo.Ports;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Deploy;
import dev.portolan.deploy.LocalContents;
import dev.portolan.deploy.Remove;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.Threads;
import dev.portolan.host.HostConnection;
import dev.portolan.host.local.LocalTrees;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostAddress;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.ImageSource;
import dev.portolan.model.ProxyPorts;
import dev.portolan.model.ReleaseId;
import dev.portolan.proxy.HostProxy;
import dev.portolan.proxy.haproxy.HaproxyHost;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.setup.LocalMachine;
import dev.portolan.traffic.TrafficLayer;
import dev.portolan.traffic.edge.Edge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The demo's app in three regions on the test engine: a web service, a worker, memcached and a database, with an edge in front.
 * Closing takes everything away.
 */
public final class Harbour implements AutoCloseable {
    private static final Deque<Harbour> OPEN = new ConcurrentLinkedDeque<>();
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private final TestEngine engine;
    private final String mark;
    private final String name;
    private final Path folder;
    private final Path state;
    private final int port;
    private final ImageSet images;
    private final HostConnection machine;
    private final ContainerEngine client;
    private final LocalRegions fleet;
    private final App app;

    private Harbour(TestEngine engine, Path folder, Duration monitor) throws IOException {
        this.engine = engine;
        this.mark = engine.isOwn()
                ? ""
                : "-" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
        this.name = "harbour" + mark;
        this.folder = folder.resolve("app");
        this.state = folder.resolve("s");
        this.port = Ports.free(18080, 4);
        this.machine = engine.host(state);
        this.client = engine.open(machine);
        this.images = new DemoImages(client, new LocalMachine(), Path.of("/var/lib/portolan-test")).ensure(line -> {});
        DemoFiles.APP.writeTo(this.folder);
        configure(this.folder.resolve("portolan.yml"), monitor);
        this.fleet = new LocalRegions();
        this.app = new App(
                name,
                new HostId(regions().getFirst(), "local"),
                fleet,
                new Threads(),
                new LocalContents(variables("v1", "")),
                App.Identity.ofThisProcess(Files.readString(HOST_NAME).strip()));
    }

    /** @param folder empty, with a short path: the proxies' sockets are in it */
    public static Harbour in(Path folder) throws IOException {
        return in(folder, Duration.ofSeconds(3));
    }

    /** @param monitor how long each wave is watched */
    public static Harbour in(Path folder, Duration monitor) throws IOException {
        Harbour harbour = new Harbour(TestEngine.shared(), folder, monitor);
        OPEN.push(harbour);
        return harbour;
    }

    /** One in which a release serves, and whose waves are watched for two seconds. */
    public static Harbour serving(String version, Path folder) throws IOException {
        Harbour harbour = in(folder, Duration.ofSeconds(2));
        assertThat(harbour.deploy(harbour.release(version)).map(RolloutResult::state))
                .contains(RolloutState.COMMITTED);
        return harbour;
    }

    /** Closes every one that is open: none at all when the tests were skipped. */
    public static void closeAll() {
        while (!OPEN.isEmpty()) {
            OPEN.peek().close();
        }
    }

    /** On an engine that others use as well the app and its regions have names of their own. */
    private void configure(Path file, Duration monitor) throws IOException {
        String text = Files.readString(file)
                .replace("port: 8080", "port: " + port)
                .replace("monitor: 3s", "monitor: " + monitor.toMillis() + "ms")
                .replace("app: harbour", "app: " + name)
                .replace("primary: dublin", "primary: dublin" + mark);
        for (String region : regions()) {
            String place = region.substring(0, region.length() - mark.length());
            text = text.replace("\n  " + place + ":", "\n  " + region + ":");
        }
        Files.writeString(file, text);
    }

    /** Names of the regions; the first one is the primary. */
    public List<String> regions() {
        return Stream.of("dublin", "san-francisco", "sydney")
                .map(place -> place + mark)
                .toList();
    }

    public TestEngine engine() {
        return engine;
    }

    public App app() {
        return app;
    }

    /** Where readers arrive. */
    public int port() {
        return port;
    }

    /** Of the app. */
    public Path folder() {
        return folder;
    }

    /** Names of the containers of the proxies are made of the region's. */
    public String proxyOf(String region) {
        return ProxyPorts.containerNameOf(name, new Host(new HostId(region, "local"), new HostAddress.Local()));
    }

    public ContainerEngine client() {
        return client;
    }

    /** What a command line of its own needs in its environment to work on this app. */
    public Map<String, String> environment(String version) {
        Map<String, String> variables = variables(version, "");
        variables.put("PORTOLAN_STATE", state.toString());
        variables.put("DOCKER_HOST", "unix://" + engine.socket());
        return variables;
    }

    private Map<String, String> variables(String version, String fault) {
        Map<String, String> variables = new HashMap<>(images.variables());
        variables.put("RELEASE", version);
        variables.put("FAULT", fault);
        return variables;
    }

    public Desired release(String version) {
        return release(version, "");
    }

    /** The release as the demo's files say. */
    public Desired release(String version, String fault) {
        Map<String, String> variables = variables(version, fault);
        return ConfigurationReader.read(folder, ConfigurationReader.Options.of(variables, client::imageDigest))
                .desired();
    }

    public Optional<RolloutResult> deploy(Desired release) {
        return deploy(release, event -> {});
    }

    public Optional<RolloutResult> deploy(Desired release, Consumer<RolloutEvent> listener) {
        return new Deploy(app).deploy(release, options(listener));
    }

    public static Deploy.Options options(Consumer<RolloutEvent> listener) {
        return new Deploy.Options(Optional.empty(), plan -> true, () -> {}, listener, notice -> {});
    }

    /** The app's running containers, by region and service. */
    public List<ContainerState> running(Desired release, String region, String service) {
        return switch (app.observe(List.of(release)).hosts().get(new HostId(region, "local"))) {
            case HostState.Reachable reachable ->
                reachable.containers().stream()
                        .filter(container -> container.service().equals(service) && container.running())
                        .toList();
            case HostState.Unreachable(String reason) -> throw new IllegalStateException(reason);
            case null -> throw new IllegalArgumentException(region);
        };
    }

    /** The one of these versions that is committed. */
    public String committedOf(List<String> versions) {
        Optional<ReleaseId> committed = app.history(notice -> {}).committed();
        return versions.stream()
                .filter(version -> Optional.of(release(version).release()).equals(committed))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        OPEN.remove(this);
        PortolanProcess.endBackground(this);
        try {
            new Remove(app).remove(release("v1", ""), true, options(event -> {}));
        } finally {
            client.close();
            machine.close();
        }
    }

    /** Every region on the test engine, each with a state folder of its own. */
    private final class LocalRegions implements Fleet {
        private final Map<HostId, HostAccess> hosts = new ConcurrentHashMap<>();
        private final TrafficLayer edge = Edge.inContainer(machine, client, haproxy(), name);

        @Override
        public void know(Collection<Host> known) {}

        @Override
        public HostAccess on(HostId host) {
            return hosts.computeIfAbsent(host, this::open);
        }

        private HostAccess open(HostId id) {
            HostConnection host = engine.host(state.resolve(name).resolve(id.region()));
            HostProxy proxy = HaproxyHost.inContainer(host, client, haproxy(), name, proxyOf(id.region()));
            return new HostAccess(
                    client,
                    proxy,
                    host.files(),
                    host.routes(),
                    new LocalTrees(
                            state.resolve(name).resolve("_files"),
                            state.resolve(name).resolve(id.region()).resolve("data")));
        }

        @Override
        public TrafficLayer traffic() {
            return edge;
        }

        private ImageSource haproxy() {
            String reference = images.references().get(DemoImage.HAPROXY);
            if (reference == null) {
                throw new UncheckedIOException(new IOException("no HAProxy image"));
            }
            return new ImageSource.Pulled(
                    reference, client.imageDigest(reference).orElseThrow());
        }
    }
}
