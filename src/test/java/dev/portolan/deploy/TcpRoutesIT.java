package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.load.Load;
import dev.portolan.load.LoadReport;
import dev.portolan.load.LoadTable;
import dev.portolan.load.Rate;
import dev.portolan.load.Reader;
import dev.portolan.load.ReaderKind;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.UserError;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.testing.Callers;
import dev.portolan.testing.Harbour;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service with two routes, one of TCP and one of HTTP, in three regions with a real engine: readers that make a connection for each
 * line, readers that keep theirs, and requests. Each answer is counted.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TcpRoutesIT {
    private static final int PER_SECOND = 15;
    private static final int KEPT = 3;
    private static final Duration BEFORE_AND_AFTER = Duration.ofMillis(2_500);
    private static final int FEWEST_CALLS = 60;
    private static final int FEWEST_LINES = 200;

    /** Says each line back with the release and region before it; by HTTP it only says these. */
    private static final String SERVICE = """
            name: harbour
            services:
              echo:
                image: ${PYTHON_IMAGE}
                command: [python3, -u, -c, "import os; exec(os.environ['PROGRAM'])"]
                environment:
                  SAYS: ${RELEASE}@${PORTOLAN_REGION}
                  PROGRAM: |
                    import http.server, os, signal, socketserver, threading
                    says = os.environ["SAYS"].encode()
                    class Echo(socketserver.StreamRequestHandler):
                        def handle(self):
                            for line in self.rfile:
                                self.wfile.write(says + b" " + line)
                    class Lines(socketserver.ThreadingTCPServer):
                        request_queue_size = 256
                        daemon_threads = True
                    class Page(http.server.BaseHTTPRequestHandler):
                        protocol_version = "HTTP/1.1"
                        def do_GET(self):
                            self.send_response(200)
                            self.send_header("Content-Length", str(len(says)))
                            self.end_headers()
                            self.wfile.write(says)
                        def log_message(self, *words):
                            pass
                    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
                    threading.Thread(target=Lines(("", 7000), Echo).serve_forever, daemon=True).start()
                    http.server.ThreadingHTTPServer(("", 3000), Page).serve_forever()
                deploy: { replicas: 2 }
            """;

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static Harbour harbour;
    private static int port;

    @BeforeAll
    static void open() throws Exception {
        harbour = Harbour.in(folder, Duration.ofSeconds(2));
        port = harbour.port() + 100;
        Files.writeString(harbour.folder().resolve("compose.yaml"), SERVICE);
        Path file = harbour.folder().resolve("portolan.yml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "  - { service: web, port: 3000, health: /heartbeat }\n",
                                "  - { service: echo, port: 3000 }\n  - { tcp: " + port
                                        + ", service: echo, port: 7000 }\n"));
        assertThat(harbour.deploy(harbour.release("v1")).map(RolloutResult::state))
                .contains(RolloutState.COMMITTED);
    }

    @AfterAll
    static void close() {
        Harbour.closeAll();
    }

    @Test
    @Order(1)
    void aDeployTakesNewConnectionsOverAndEndsNone() throws Exception {
        assertThat(served(() -> harbour.deploy(harbour.release("v2")).map(RolloutResult::state)))
                .isEqualTo(everywhere("v1", "v2"));
    }

    @Test
    @Order(2)
    void aRollbackTakesNewConnectionsBackAndEndsNone() throws Exception {
        assertThat(served(() -> new Rollback(harbour.app())
                        .rollback(Optional.empty(), Harbour.options(event -> {}))
                        .map(RolloutResult::state)))
                .isEqualTo(everywhere("v1", "v2"));
    }

    @Test
    @Order(3)
    void whenARegionIsKilledItsReadersAreConnectedElsewhereAndADeployBringsThemHome() throws Exception {
        String sydney = harbour.regions().getLast();
        Callers.Report before;
        try (Callers callers = Callers.start(near(2), port, PER_SECOND, KEPT)) {
            Thread.sleep(1_000);
            kill(sydney);
            Thread.sleep(2_000);
            before = callers.stop();
        }
        assertThat(before.served()).contains("v1@" + sydney).hasSizeGreaterThan(1);
        // whoever was being answered has lost that connection; it was made, so nobody can make it again for them
        assertThat(before.failures()).hasSizeLessThanOrEqualTo(3);
        assertThat(before.ended()).isEqualTo(KEPT);

        Callers.Report meanwhile = visit();
        assertThat(meanwhile.failures()).isEmpty();
        assertThat(meanwhile.calls()).isGreaterThan(2 * PER_SECOND);
        assertThat(meanwhile.served()).isNotEmpty().doesNotContain("v1@" + sydney);

        assertThat(harbour.deploy(harbour.release("v1")).map(RolloutResult::state))
                .contains(RolloutState.COMMITTED);
        Thread.sleep(2_000); // until the edge has seen it
        Callers.Report after = visit();
        assertThat(after.failures()).isEmpty();
        assertThat(after.served()).containsExactly("v1@" + sydney);
    }

    @Test
    @Order(4)
    void aPortThatSomebodyElseHasStopsThePlanAndTheDeployBeforeAnythingHappens() throws Exception {
        int wanted = port + 50;
        Path file = harbour.folder().resolve("portolan.yml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("regions:\n", "  - { tcp: " + wanted + ", service: echo, port: 7001 }\nregions:\n"));
        Desired release = harbour.release("v1");
        Optional<ReleaseId> before = harbour.app().history(notice -> {}).committed();
        try (ServerSocket atTheEdge = new ServerSocket(wanted);
                ServerSocket atTheSecond = new ServerSocket(wanted + 2, 50, InetAddress.getLoopbackAddress())) {
            assertThat(atTheEdge.isBound() && atTheSecond.isBound()).isTrue();
            for (ThrowingCallable command : List.<ThrowingCallable>of(
                    () -> new Preview(harbour.app()).plan(release, notice -> {}), () -> harbour.deploy(release))) {
                assertThatThrownBy(command).isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.exitCode()).isEqualTo(ExitCode.FAILED);
                    assertThat(error.message())
                            .isEqualTo("another program listens on port " + wanted
                                    + ", which the edge needs, port " + (wanted + 2) + ", which the proxy of "
                                    + harbour.regions().get(1) + "/local needs");
                    assertThat(error.remedy())
                            .startsWith("nothing was changed; ")
                            .contains("sport = :" + wanted);
                });
            }
        }
        assertThat(harbour.app().history(notice -> {}).committed()).isEqualTo(before);
        assertThat(harbour.app().history(notice -> {}).open()).isEmpty();
        assertThat(visit().failures()).isEmpty();
    }

    private static Callers.Report visit() throws Exception {
        try (Callers callers = Callers.start(near(2), port, PER_SECOND, KEPT)) {
            Thread.sleep(3_000);
            return callers.stop();
        }
    }

    /** Every container of a region, its proxy first, as a machine that loses its power. */
    private static void kill(String region) {
        ContainerEngine engine = harbour.client();
        engine.signal(harbour.proxyOf(region), "KILL");
        harbour.running(harbour.release("v1"), region, "echo").stream()
                .map(ContainerState::name)
                .forEach(name -> engine.signal(name, "KILL"));
    }

    /**
     * Runs readers near each region before, during and after; fails when one of them failed or lost its connection.
     *
     * @return which release of which region answered
     */
    private static Set<String> served(Callable<Optional<RolloutState>> rollout) throws Exception {
        List<Callers> callers = new ArrayList<>();
        URI page = URI.create("http://127.0.0.1:" + harbour.port() + "/");
        try (Load pages =
                Load.start(List.of(Reader.of("here", ReaderKind.KEEP_ALIVE, page, Rate.perSecond(PER_SECOND))))) {
            for (int area = 0; area < harbour.regions().size(); area++) {
                callers.add(Callers.start(near(area), port, PER_SECOND, KEPT));
            }
            Thread.sleep(BEFORE_AND_AFTER);
            assertThat(rollout.call()).contains(RolloutState.COMMITTED);
            Thread.sleep(BEFORE_AND_AFTER);
            Set<String> served = new TreeSet<>();
            for (Callers area : callers) {
                Callers.Report report = area.stop();
                assertThat(report.failures()).isEmpty();
                assertThat(report.ended()).isZero();
                assertThat(report.calls()).isGreaterThan(FEWEST_CALLS);
                assertThat(report.lines()).isGreaterThan(FEWEST_LINES);
                served.addAll(report.served());
            }
            LoadReport requests = pages.stop();
            assertThat(requests.failed())
                    .as(LoadTable.of(requests, ZoneOffset.UTC))
                    .isZero();
            assertThat(requests.requests()).isGreaterThan(FEWEST_CALLS);
            return served;
        } finally {
            callers.forEach(Callers::close);
        }
    }

    private static InetAddress near(int region) throws Exception {
        return InetAddress.getByName("127." + (10 + region) + ".0.1");
    }

    private static Set<String> everywhere(String... releases) {
        return Stream.of(releases)
                .flatMap(release -> harbour.regions().stream().map(region -> release + "@" + region))
                .collect(Collectors.toSet());
    }
}
