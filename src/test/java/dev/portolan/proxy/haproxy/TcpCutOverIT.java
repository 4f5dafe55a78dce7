package dev.portolan.proxy.haproxy;

import static dev.portolan.proxy.haproxy.ProxyBench.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portolan.haproxy.EchoOrigin;
import dev.portolan.haproxy.LocalProcess;
import dev.portolan.haproxy.Origin;
import dev.portolan.load.Load;
import dev.portolan.load.Rate;
import dev.portolan.load.Reader;
import dev.portolan.load.ReaderKind;
import dev.portolan.model.ProxyServer;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.ProxySettings.ProxyRoute;
import dev.portolan.model.ProxyState.RouteState;
import dev.portolan.model.Route;
import dev.portolan.proxy.HostProxy.Figures;
import dev.portolan.proxy.ProxyException;
import dev.portolan.testing.Callers;
import dev.portolan.testing.FreePort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A route of TCP with the real HAProxy, under readers that make connections and readers that keep them. */
class TcpCutOverIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<EchoOrigin> origins = new ArrayList<>();
    private ProxyBench bench;
    private int port;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(LocalProcess.available(), "this machine has no HAProxy of its own");
        bench = new ProxyBench();
        port = FreePort.choose();
        bench.proxy.ensure(settings(port, 8));
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
        for (EchoOrigin origin : origins) {
            origin.close();
        }
    }

    @Test
    void swapsLoseNoConnectionAndOpenOnesStayWhereTheyAre() throws Exception {
        EchoOrigin[] serving = {origin("r0"), origin("r0")};
        cutOver(serving);
        Callers.Report report;
        try (Callers callers = Callers.start(port, 100, 4)) {
            for (int swap = 1; swap <= 3; swap++) { // eight slots: what is open keeps two of them for each swap
                Thread.sleep(300);
                EchoOrigin[] next = {origin("r" + swap), origin("r" + swap)};
                cutOver(next);
            }
            Thread.sleep(300);
            report = callers.stop();
        }
        assertThat(report.failures()).isEmpty();
        assertThat(report.ended()).isZero();
        assertThat(report.calls()).isGreaterThan(80);
        assertThat(report.lines()).isGreaterThan(50);
        assertThat(report.served()).containsExactlyInAnyOrder("r0", "r1", "r2", "r3");
    }

    @Test
    void whatIsStillOpenAtTheDeadlineIsEndedAndCounted() throws Exception {
        EchoOrigin old = origin("r0");
        EchoOrigin fresh = origin("r1");
        cutOver(old);
        try (Callers callers = Callers.start(port, 50, 3)) {
            Thread.sleep(500);
            cutOver(fresh);
            assertThat(bench.proxy.drain("db", servers(old), Duration.ofMillis(500)))
                    .isEqualTo(3);
            Callers.Report report = callers.stop();
            assertThat(report.failures()).isEmpty();
            assertThat(report.ended()).isEqualTo(3);
            assertThat(report.served()).containsExactlyInAnyOrder("r0", "r1");
        }
        assertThat(route().inService()).containsExactly(fresh.address());
        assertThat(route().draining()).isEmpty();
    }

    @Test
    void whileThereIsNoServerNewConnectionsWait() throws Exception {
        EchoOrigin old = origin("r0");
        cutOver(old);
        Callers.Report report;
        try (Callers callers = Callers.start(port, 50, 0)) {
            Thread.sleep(300);
            bench.proxy.drain(
                    "db", servers(old), Duration.ofSeconds(1)); // as before a service that stops first is stopped
            old.kill();
            assertThat(ready()).isEqualTo(503);
            Thread.sleep(2_000);
            EchoOrigin next = origin("r1");
            cutOver(next);
            assertThat(ready()).isEqualTo(200);
            Thread.sleep(1_000);
            report = callers.stop();
        }
        assertThat(report.failures()).isEmpty();
        assertThat(report.calls()).isGreaterThan(150);
        assertThat(report.longest()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
        assertThat(report.served()).containsExactlyInAnyOrder("r0", "r1");
    }

    @Test
    void aConnectionWaitsNoLongerThanItMay() throws Exception {
        bench.proxy.ensure(settings(port, 8, Duration.ofSeconds(1)));
        try (Callers callers = Callers.start(port, 5, 0)) {
            Thread.sleep(500);
            Callers.Report report = callers.stop();
            assertThat(report.calls()).isZero();
            assertThat(report.failures()).isNotEmpty();
            assertThat(report.longest()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(10));
        }
    }

    @Test
    void aServerThatDiesLosesNoNewConnection() throws Exception {
        EchoOrigin one = origin("r0");
        EchoOrigin other = origin("r0");
        cutOver(one, other);
        Callers.Report report;
        try (Callers callers = Callers.start(port, 100, 0)) {
            Thread.sleep(300);
            one.kill();
            Thread.sleep(1_000);
            other.kill(); // now there is none at all
            Thread.sleep(1_000);
            one.revive();
            Thread.sleep(1_500);
            report = callers.stop();
        }
        // a call that was under way on a connection that broke is lost: there is nothing that the proxy could repeat
        assertThat(report.failures()).hasSizeLessThan(5);
        assertThat(report.calls()).isGreaterThan(250);
    }

    @Test
    void aReloadKeepsWhatIsOpen() throws Exception {
        EchoOrigin serving = origin("r0");
        cutOver(serving);
        Callers.Report report;
        try (Callers callers = Callers.start(port, 100, 4)) {
            for (int slots = 9; slots < 12; slots++) {
                Thread.sleep(300);
                bench.proxy.ensure(settings(port, slots));
            }
            cutOver(origin("r1"));
            assertThat(bench.proxy.drain("db", servers(serving), Duration.ofMillis(200)))
                    .isEqualTo(4); // at the worker of before the reloads
            report = callers.stop();
        }
        assertThat(report.failures()).isEmpty();
        assertThat(report.ended()).isEqualTo(4);
        assertThat(report.calls()).isGreaterThan(80);
    }

    /** As an app that answers by HTTP and by SSH. */
    @Test
    void allRoutesToAServiceAreCutOverAndDrainedTogether() throws Exception {
        bench.proxy.ensure(both());
        EchoOrigin old = origin("r0");
        EchoOrigin fresh = origin("r1");
        Origin oldPages = bench.origin("r0");
        Origin freshPages = bench.origin("r1");
        bench.proxy.cutOver("db", together(old, oldPages), DEADLINE);
        assertThat(route().inService()).isEqualTo(Set.of(old.address(), oldPages.address()));
        bench.proxy.commit();
        freshPages.healthy(false);
        try (Callers callers = Callers.start(port, 50, 2);
                Load pages = Load.start(
                        List.of(Reader.of("here", ReaderKind.KEEP_ALIVE, bench.page("/"), Rate.perSecond(50))))) {
            Thread.sleep(300);
            assertThatThrownBy(() -> bench.proxy.cutOver("db", together(fresh, freshPages), Duration.ofSeconds(1)))
                    .isInstanceOf(ProxyException.class)
                    .hasMessageContaining(freshPages.address())
                    .hasMessageNotContaining(fresh.address());
            assertThat(route().inService()).isEqualTo(Set.of(old.address(), oldPages.address()));
            freshPages.healthy(true);
            bench.proxy.cutOver("db", together(fresh, freshPages), DEADLINE);
            assertThat(route().inService()).isEqualTo(Set.of(fresh.address(), freshPages.address()));
            assertThat(route().draining()).containsExactlyInAnyOrder(old.address(), oldPages.address());
            assertThat(bench.proxy.figures("db").keySet())
                    .contains(old.address(), oldPages.address(), fresh.address(), freshPages.address());
            assertThat(bench.proxy.drain("db", together(old, oldPages), Duration.ofMillis(200)))
                    .isEqualTo(2);
            Thread.sleep(300);
            assertThat(callers.stop().failures()).isEmpty();
            assertThat(pages.stop().failed()).isZero();
        }
        assertThat(route().draining()).isEmpty();

        bench.process.kill(); // what it serves after that is what was committed, on both routes
        bench.proxy.ensure(both());
        assertThat(route().inService()).isEqualTo(Set.of(old.address(), oldPages.address()));
    }

    /** The readers of a service's route that is gone must not stay with the containers of before. */
    @Test
    void aRouteToAnotherPortOfTheServiceTakesOverWithItsServers() throws Exception {
        EchoOrigin old = origin("r0");
        cutOver(old);
        Origin fresh = bench.origin("r1");
        bench.proxy.ensure(new ProxySettings(
                "shop",
                "dublin",
                "portolan-proxy",
                Optional.of("127.0.0.1:" + bench.port),
                List.of(new ProxyRoute.Tcp(new Route.Tcp(5432, "db", Origin.PORT), 8, "127.0.0.1:" + port, PATIENCE))));
        assertThat(ready()).isEqualTo(200);
        bench.proxy.cutOver("db", ProxyBench.servers(fresh), DEADLINE);
        assertThat(route().inService()).containsExactly(fresh.address());
        assertThat(route().draining()).containsExactly(old.address());
        assertThat(ready()).isEqualTo(200);
        assertThat(bench.proxy.drain("db", servers(old), DEADLINE)).isZero();
        bench.proxy.commit();
        assertThat(route().draining()).isEmpty();
        assertThat(ready()).isEqualTo(200);
    }

    @Test
    void aProxyThatIsStartedAgainServesWhatIsCommitted() throws Exception {
        EchoOrigin committed = origin("r0");
        cutOver(committed);
        bench.proxy.commit();
        cutOver(origin("r1"));
        bench.process.kill();
        bench.proxy.ensure(settings(port, 8));
        try (Callers callers = Callers.start(port, 50, 1)) {
            Thread.sleep(300);
            Callers.Report report = callers.stop();
            assertThat(report.failures()).isEmpty();
            assertThat(report.served()).containsExactly("r0");
        }
    }

    @Test
    void aServerThatTakesNoConnectionsChangesNothing() throws Exception {
        EchoOrigin old = origin("r0");
        EchoOrigin sick = origin("r1");
        sick.kill();
        cutOver(old);
        assertThatThrownBy(() -> bench.proxy.cutOver("db", servers(sick), Duration.ofSeconds(2)))
                .isInstanceOf(ProxyException.class)
                .hasMessageContaining("container-" + sick.host())
                .hasMessageContaining("Connection refused");
        assertThat(route().inService()).containsExactly(old.address());
    }

    @Test
    void figuresCountConnections() throws Exception {
        EchoOrigin one = origin("r0");
        cutOver(one);
        assertThat(figures(one)).isEqualTo(new Figures(0, 0, 0, true, 0));
        int calls;
        try (Callers callers = Callers.start(port, 50, 0)) {
            Thread.sleep(300);
            calls = callers.stop().calls();
        }
        assertThat(figures(one)).isEqualTo(new Figures(calls, 0, 0, true, 0));
    }

    @Test
    void twoAppsCannotHaveOnePort() throws Exception {
        HaproxyHost wiki = bench.app("wiki");
        assertThatThrownBy(() -> wiki.ensure(new ProxySettings(
                        "wiki",
                        "dublin",
                        "portolan-proxy",
                        Optional.empty(),
                        settings(port, 8).routes())))
                .isInstanceOf(ProxyException.class)
                .hasMessage("the proxy portolan-proxy has the port 127.0.0.1:" + port + " for the app shop already");
    }

    @Test
    void aPortThatSomebodyElseHasIsNamedAndNothingIsChanged() throws Exception {
        EchoOrigin serving = origin("r0");
        cutOver(serving);
        assertThat(bench.proxy.taken(settings(port, 8))).as("its own").isEmpty();
        String before = bench.proxy.observe().settingsHash();
        int other = FreePort.choose();
        try (ServerSocket somebody = new ServerSocket(other, 50, InetAddress.getLoopbackAddress());
                Callers callers = Callers.start(port, 50, 1)) {
            assertThat(somebody.isBound()).isTrue();
            assertThat(bench.proxy.taken(settings(other, 8))).containsExactly("127.0.0.1:" + other);
            assertThatThrownBy(() -> bench.proxy.ensure(settings(other, 8)))
                    .isInstanceOfSatisfying(ProxyException.class, error -> {
                        assertThat(error.message()).isEqualTo("another program listens on 127.0.0.1:" + other);
                        assertThat(error.remedy()).contains("ss -ltnp 'sport = :" + other + "'");
                    });
            assertThat(bench.proxy.observe().settingsHash()).isEqualTo(before);
            bench.proxy.commit(); // what it has been told before is what it remembers
            Callers.Report report = callers.stop();
            assertThat(report.failures()).isEmpty();
            assertThat(report.ended()).isZero();
            assertThat(report.calls()).isPositive();
        }
        bench.proxy.ensure(settings(other, 8)); // when it is free again
        assertThat(route().inService()).containsExactly(serving.address());
    }

    private ProxySettings both() {
        List<ProxyRoute> routes = new ArrayList<>(settings(port, 8).routes());
        routes.add(new ProxyRoute.Http(new Route.Http("*", "db", Origin.PORT, "/health", Optional.empty()), 8));
        return new ProxySettings("shop", "dublin", "portolan-proxy", Optional.of("127.0.0.1:" + bench.port), routes);
    }

    private static List<ProxyServer> together(EchoOrigin connections, Origin pages) {
        List<ProxyServer> servers = new ArrayList<>(servers(connections));
        servers.addAll(ProxyBench.servers(pages));
        return servers;
    }

    private ProxySettings settings(int listen, int slots) {
        return settings(listen, slots, PATIENCE);
    }

    private ProxySettings settings(int listen, int slots, Duration patience) {
        return new ProxySettings(
                "shop",
                "dublin",
                "portolan-proxy",
                Optional.of("127.0.0.1:" + bench.port),
                List.of(new ProxyRoute.Tcp(
                        new Route.Tcp(5432, "db", EchoOrigin.PORT), slots, "127.0.0.1:" + listen, patience)));
    }

    private EchoOrigin origin(String release) throws Exception {
        EchoOrigin origin = new EchoOrigin(release);
        origins.add(origin);
        return origin;
    }

    private void cutOver(EchoOrigin... to) {
        bench.proxy.cutOver("db", servers(to), DEADLINE);
    }

    private static List<ProxyServer> servers(EchoOrigin... to) {
        return Arrays.stream(to)
                .map(origin -> new ProxyServer("container-" + origin.host(), origin.host(), EchoOrigin.PORT))
                .toList();
    }

    private RouteState route() {
        return Optional.ofNullable(bench.proxy.observe().routes().get("db")).orElseThrow();
    }

    private Figures figures(EchoOrigin origin) {
        return Optional.ofNullable(bench.proxy.figures("db").get(origin.address()))
                .orElseThrow();
    }

    /** What the traffic layer is told. */
    private int ready() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bench.port + "/"))
                    .header(ProxySettings.READY_HEADER, ProxySettings.readyName("shop", 5432))
                    .build();
            return client.send(question, BodyHandlers.discarding()).statusCode();
        }
    }
}
