package dev.portolan.traffic.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portolan.haproxy.HaproxyException;
import dev.portolan.haproxy.LocalProcess;
import dev.portolan.haproxy.Origin;
import dev.portolan.host.local.LocalHost;
import dev.portolan.load.Effects;
import dev.portolan.load.Load;
import dev.portolan.load.LoadReport;
import dev.portolan.load.LoadSettings;
import dev.portolan.load.Rate;
import dev.portolan.load.Reader;
import dev.portolan.load.ReaderKind;
import dev.portolan.model.Place;
import dev.portolan.model.Pools;
import dev.portolan.model.Pools.Pool;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.TrafficState.PoolState;
import dev.portolan.testing.FreePort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The edge with the real HAProxy; an origin stands for the proxy of a whole region. */
class EdgeIT {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Map<String, Integer> posts = new ConcurrentHashMap<>();
    private Path root;
    private LocalProcess process;
    private LocalHost host;
    private Edge edge;
    private Origin dublin;
    private Origin sanFrancisco;
    private Origin sydney;
    private Pools pools;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(LocalProcess.available(), "this machine has no HAProxy of its own");
        root = Files.createTempDirectory(Path.of("/tmp"), "portolan-edge-it");
        process = new LocalProcess(root.resolve("output"));
        host = new LocalHost(root, "/var/run/docker.sock");
        edge = new Edge(host, process, "shop");
        dublin = new Origin("dublin", posts);
        sanFrancisco = new Origin("sfo", posts);
        sydney = new Origin("sydney", posts);
        pools = pools(FreePort.choose(), "*");
        edge.ensure(pools);
    }

    @AfterEach
    void end() throws Exception {
        process.close();
        dublin.close();
        sanFrancisco.close();
        sydney.close();
        host.close();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void eachReaderIsServedByTheNearestRegionAndOthersByThePrimary() throws Exception {
        assertThat(servedBy(report(Duration.ofSeconds(1))))
                .containsExactly("dublin:dublin", "sfo:sfo", "sydney:sydney");
        assertThat(edge.observe())
                .isEqualTo(new TrafficState(
                        true,
                        pools.hash(),
                        Map.of("dublin", PoolState.UP, "sfo", PoolState.UP, "sydney", PoolState.UP)));
    }

    @Test
    void aRegionThatIsKilledLosesNoReaderAndGetsThemBack() throws Exception {
        LoadReport report;
        Effects effects;
        try (Load load = Load.start(readers())) {
            Thread.sleep(700);
            load.duringFault("Sydney is killed", () -> {
                sydney.kill();
                Thread.sleep(50);
                return sydney;
            });
            Thread.sleep(2_500);
            assertThat(edge.observe().pools()).containsEntry("sydney", PoolState.DOWN);
            sydney.revive();
            Thread.sleep(2_500);
            report = load.stop();
            effects = Effects.of(load.posts(), posts);
        }
        assertThat(report.firstFailures()).isEmpty();
        assertThat(report.succeeded()).isGreaterThan(2_000);
        assertThat(effects.repeated()).isEmpty();
        assertThat(servedBy(report)).contains("sydney:sydney", "sydney:sfo").doesNotContain("sydney:dublin");
        assertThat(servedBy(report(Duration.ofMillis(500))))
                .contains("sydney:sydney")
                .doesNotContain("sydney:sfo");
    }

    @Test
    void twoRegionsThatDieAtOnceLoseNoReader() throws Exception {
        try (Load load = Load.start(List.of(reader("sydney", 2, ReaderKind.KEEP_ALIVE, 100)))) {
            Thread.sleep(300);
            sydney.kill();
            sanFrancisco.kill();
            Thread.sleep(1_500);
            LoadReport report = load.stop();
            assertThat(report.firstFailures()).isEmpty();
            assertThat(servedBy(report)).contains("sydney:dublin");
        }
    }

    @Test
    void aReleaseThatFailsInEverySecondaryReachesNoReaderAsLongAsThePrimaryServes() throws Exception {
        sydney.broken(true);
        sanFrancisco.broken(true);
        LoadReport report = Load.run(
                List.of(
                        reader("sydney", 2, ReaderKind.KEEP_ALIVE, 50),
                        reader("sfo", 1, ReaderKind.NEW_CONNECTION, 50)),
                LoadSettings.standard(),
                Duration.ofSeconds(2));
        assertThat(report.firstFailures()).isEmpty();
        assertThat(report.succeeded()).isEqualTo(200);
        assertThat(servedBy(report)).containsExactly("sfo:dublin", "sydney:dublin");
    }

    @Test
    void aPostThatFailsIsNotSentToAnotherRegion() throws Exception {
        sydney.broken(true);
        LoadReport report = Load.run(
                List.of(reader("sydney", 2, ReaderKind.POST, 50)), LoadSettings.standard(), Duration.ofSeconds(1));
        assertThat(report.failed()).isEqualTo(50);
        assertThat(posts)
                .hasSize(50)
                .allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void aDrainedRegionStaysDrainedUntilItIsUndrained() throws Exception {
        try (Load load = Load.start(readers())) {
            Thread.sleep(300);
            edge.drain("sydney", DEADLINE);
            int pages = sydney.pages();
            assertThat(edge.observe().pools()).containsEntry("sydney", PoolState.DRAINED);
            Thread.sleep(300);
            assertThat(sydney.pages()).isEqualTo(pages);

            edge.ensure(pools(port(), "shop.example")); // with a reload
            assertThat(edge.observe().pools()).containsEntry("sydney", PoolState.DRAINED);
            Thread.sleep(300);
            assertThat(sydney.pages()).isEqualTo(pages);

            edge.undrain("sydney");
            assertThat(edge.observe().pools()).containsEntry("sydney", PoolState.UP);
            Thread.sleep(300);
            assertThat(sydney.pages()).isGreaterThan(pages);
            LoadReport report = load.stop();
            assertThat(report.firstFailures()).isEmpty();
            assertThat(report.succeeded()).isGreaterThan(200);
        }
        edge.drain("sydney", DEADLINE);
        process.kill();
        assertThat(edge.observe()).isEqualTo(TrafficState.ABSENT);
        edge.ensure(pools(port(), "shop.example"));
        assertThat(edge.observe().pools()).containsEntry("sydney", PoolState.DRAINED);
    }

    @Test
    void aRegionThatIsNotHealthyStaysDrained() throws Exception {
        edge.drain("sydney", DEADLINE);
        sydney.healthy(false);
        assertThatThrownBy(() -> edge.undrain("sydney", Duration.ofSeconds(2)))
                .isInstanceOf(HaproxyException.class)
                .hasMessageContaining("sydney")
                .hasMessageContaining("503");
        assertThat(edge.observe().pools()).containsEntry("sydney", PoolState.DRAINED);
        assertThatThrownBy(() -> edge.drain("atlantis", DEADLINE)).hasMessageContaining("atlantis");
    }

    @Test
    void afterItsRemovalItIsAbsent() {
        edge.remove();
        assertThat(edge.observe()).isEqualTo(TrafficState.ABSENT);
        edge.remove();
    }

    private LoadReport report(Duration time) throws Exception {
        return Load.run(readers(), LoadSettings.standard(), time);
    }

    private static List<String> servedBy(LoadReport report) {
        return report.served().stream()
                .filter(row -> row.succeeded() > 0)
                .map(row -> row.place() + ":" + row.by().release())
                .sorted()
                .toList();
    }

    private List<Reader> readers() throws Exception {
        List<String> places = List.of("dublin", "sfo", "sydney");
        List<Reader> readers = new ArrayList<>();
        for (int index = 0; index < places.size(); index++) {
            readers.add(reader(places.get(index), index, ReaderKind.KEEP_ALIVE, 100));
            readers.add(reader(places.get(index), index, ReaderKind.NEW_CONNECTION, 20));
        }
        readers.add(reader("sydney", 2, ReaderKind.POST, 20));
        return readers;
    }

    private Reader reader(String place, int area, ReaderKind kind, int rate) throws Exception {
        return Reader.of(place, kind, URI.create("http://127.0.0.1:" + port() + "/"), Rate.perSecond(rate))
                .from(InetAddress.getByName("127." + (10 + area) + ".0.1"));
    }

    private int port() {
        return ((TrafficSettings.Edge) pools.settings()).port();
    }

    @Test
    void aPortThatSomebodyElseHasIsNamedAndTheEdgeStaysAsItIs() throws Exception {
        try (ServerSocket somebody = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int taken = somebody.getLocalPort();
            Pools moved = pools(taken, "*");
            assertThat(edge.taken(pools)).as("its own").isEmpty();
            assertThat(edge.taken(moved)).containsExactly(":" + taken);
            assertThatThrownBy(() -> edge.ensure(moved)).isInstanceOfSatisfying(HaproxyException.class, error -> {
                assertThat(error.message()).isEqualTo("another program listens on :" + taken);
                assertThat(error.remedy()).contains("docker ps --filter publish=" + taken);
            });
        }
        assertThat(edge.observe().settingsHash()).isEqualTo(pools.hash());
        edge.drain("sydney", Duration.ofSeconds(5)); // by what it remembers
        assertThat(edge.observe().settingsHash()).isEqualTo(pools.hash());
        assertThat(servedBy(report(Duration.ofSeconds(1))))
                .contains("dublin:dublin")
                .doesNotContain("sydney:sydney");
    }

    private Pools pools(int port, String hostName) {
        return new Pools(
                "shop",
                new TrafficSettings.Edge(port),
                "dublin",
                List.of(new Route.Http(hostName, "web", 3000, "/health", Optional.empty())),
                Duration.ofSeconds(10),
                List.of(
                        new Pool("dublin", new Place(53.35, -6.26), List.of(dublin.address())),
                        new Pool("sfo", new Place(37.77, -122.42), List.of(sanFrancisco.address())),
                        new Pool("sydney", new Place(-33.87, 151.21), List.of(sydney.address()))));
    }
}
