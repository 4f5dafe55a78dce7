package dev.portolan.proxy.haproxy;

import static dev.portolan.proxy.haproxy.ProxyBench.DEADLINE;
import static dev.portolan.proxy.haproxy.ProxyBench.servers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.haproxy.Origin;
import dev.portolan.host.HostConnection;
import dev.portolan.load.Load;
import dev.portolan.load.Rate;
import dev.portolan.load.Reader;
import dev.portolan.load.ReaderKind;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Place;
import dev.portolan.model.Pools;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.ProxySettings.ProxyRoute;
import dev.portolan.model.ProxyState;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.testing.FreePort;
import dev.portolan.testing.HaproxyImage;
import dev.portolan.testing.TestEngine;
import dev.portolan.traffic.edge.Edge;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy and the edge as containers of a real engine. */
class ContainerIT {
    private static final Route.Http ROUTE = new Route.Http("*", "web", Origin.PORT, "/health", Optional.empty());

    private final String app = "proxyit" + Long.toString(System.nanoTime(), 36);
    private final String name = "portolan-proxy-" + app;
    private Path root;
    private HostConnection host;
    private ContainerEngine engine;
    private ImageSource image;
    private int port;

    @BeforeEach
    void start() throws Exception {
        TestEngine shared = TestEngine.shared();
        root = Files.createTempDirectory(Path.of("/tmp"), "portolan-container-it");
        host = shared.host(root);
        engine = shared.open(host);
        image = HaproxyImage.in(engine);
        port = FreePort.choose();
    }

    @AfterEach
    void end() throws Exception {
        engine.remove(name);
        engine.remove("portolan-edge-" + app);
        engine.close();
        host.close();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void theProxyRunsReloadsAndComesBackByItselfWithWhatWasCommitted() throws Exception {
        HaproxyHost proxy = HaproxyHost.inContainer(host, engine, image, app, name);
        assertThat(proxy.observe()).isEqualTo(ProxyState.ABSENT);
        proxy.ensure(settings(4));
        try (Origin first = new Origin("r0", new ConcurrentHashMap<>());
                Origin second = new Origin("r1", new ConcurrentHashMap<>())) {
            proxy.cutOver("web", servers(first), DEADLINE);
            proxy.commit();
            try (Load load = Load.start(
                    List.of(Reader.of("here", ReaderKind.NEW_CONNECTION, page(port), Rate.perSecond(100))))) {
                proxy.ensure(settings(6));
                proxy.cutOver("web", servers(second), DEADLINE);
                proxy.drain("web", servers(first), DEADLINE);
                assertThat(load.stop().failed()).isZero();
            }
            assertThat(RawPage.body(port, "shop.example")).isEqualTo("r1\n");

            killWorkersAndMaster();
            assertThat(comesBack(proxy).inService()).isEqualTo(Set.of(first.address()));
            assertThat(RawPage.body(port, "shop.example")).isEqualTo("r0\n");
        }
        proxy.remove();
        assertThat(engine.container(name)).isEmpty();
        assertThat(proxy.observe()).isEqualTo(ProxyState.ABSENT);
    }

    @Test
    void theEdgeRunsInAContainer() throws Exception {
        Edge edge = Edge.inContainer(host, engine, image, app);
        try (Origin region = new Origin("dublin", new ConcurrentHashMap<>())) {
            Pools pools = new Pools(
                    app,
                    new TrafficSettings.Edge(port),
                    "dublin",
                    List.of(ROUTE),
                    Duration.ofSeconds(10),
                    List.of(new Pools.Pool("dublin", new Place(53.35, -6.26), List.of(region.address()))));
            edge.ensure(pools);
            assertThat(RawPage.body(port, "shop.example")).isEqualTo("dublin\n");
            assertThat(edge.observe().pools()).containsEntry("dublin", TrafficState.PoolState.UP);
        }
        edge.remove();
        assertThat(engine.container("portolan-edge-" + app)).isEmpty();
    }

    private ProxySettings settings(int slots) {
        return new ProxySettings(
                app, "dublin", name, Optional.of("127.0.0.1:" + port), List.of(new ProxyRoute.Http(ROUTE, slots)));
    }

    private static URI page(int port) {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Not by the engine, which would take it for a wish that the container stay down. */
    private void killWorkersAndMaster() {
        List<ProcessHandle> processes = ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(root.toString()))
                .toList();
        assertThat(processes).hasSizeGreaterThanOrEqualTo(2);
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    private static ProxyState.RouteState comesBack(HaproxyHost proxy) throws InterruptedException {
        for (int attempt = 0; attempt < 200 && !proxy.observe().running(); attempt++) {
            Thread.sleep(50);
        }
        return Optional.ofNullable(proxy.observe().routes().get("web")).orElseThrow();
    }
}
