package dev.portolan.proxy.haproxy;

import static dev.portolan.proxy.haproxy.ProxyBench.DEADLINE;
import static dev.portolan.proxy.haproxy.ProxyBench.servers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portolan.haproxy.LocalProcess;
import dev.portolan.haproxy.Origin;
import dev.portolan.load.Effects;
import dev.portolan.load.Load;
import dev.portolan.load.LoadReport;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.ProxySettings.ProxyRoute;
import dev.portolan.model.ProxyState;
import dev.portolan.model.Route;
import dev.portolan.proxy.ProxyException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the real HAProxy serves after a restart, a reload, and with several apps. */
class RestartIT {
    private ProxyBench bench;
    private ProxySettings settings;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(LocalProcess.available(), "this machine has no HAProxy of its own");
        bench = new ProxyBench();
        settings = bench.settings("shop", "*", Optional.empty(), 4);
        bench.proxy.ensure(settings);
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    @Test
    void aProxyThatIsKilledServesWhatWasCommitted() throws Exception {
        Origin committed = bench.origin("r0");
        Origin fresh = bench.origin("r1");
        bench.cutOver(committed);
        bench.proxy.commit();
        bench.cutOver(fresh);
        assertThat(get("shop.example")).isEqualTo("r1");

        bench.process.kill();
        assertThat(bench.proxy.observe()).isEqualTo(ProxyState.ABSENT);
        assertThatThrownBy(() -> bench.cutOver(fresh))
                .isInstanceOf(ProxyException.class)
                .hasMessageContaining("does not run");
        bench.proxy.ensure(settings);
        assertThat(bench.proxy.observe())
                .isEqualTo(new ProxyState(
                        true,
                        settings.hash(),
                        Map.of("web", new ProxyState.RouteState(Set.of(committed.address()), List.of()))));
        assertThat(get("shop.example")).isEqualTo("r0");

        bench.cutOver(fresh);
        bench.proxy.commit();
        bench.process.kill();
        bench.proxy.ensure(settings);
        assertThat(get("shop.example")).isEqualTo("r1");
    }

    @Test
    void figuresOfBeforeARestartAreForgotten() throws Exception {
        Origin first = bench.origin("r0");
        Origin second = bench.origin("r1");
        bench.cutOver(first);
        for (int request = 0; request < 5; request++) {
            get("shop.example");
        }
        bench.cutOver(second);
        bench.proxy.drain("web", servers(first), DEADLINE);
        bench.cutOver(first); // into the slot where it has 5 already
        bench.proxy.commit();
        Thread.sleep(1_500); // the age of the counters' file is compared with the uptime in seconds
        bench.process.kill();
        bench.proxy.ensure(settings);
        get("shop.example");
        assertThat(bench.proxy.figures("web").values())
                .singleElement()
                .satisfies(figures -> assertThat(figures.requests()).isEqualTo(1));
    }

    @Test
    void reloadsUnderLoadLoseNothingAndKeepWhatServes() throws Exception {
        Origin committed = bench.origin("r0");
        Origin serving = bench.origin("r1");
        bench.cutOver(committed);
        bench.proxy.commit();
        bench.cutOver(serving);
        LoadReport report;
        Effects effects;
        try (Load load = bench.readers()) {
            for (int slots = 5; slots < 15; slots++) {
                bench.proxy.ensure(bench.settings("shop", "*", Optional.empty(), slots));
                Thread.sleep(250);
            }
            report = load.stop();
            effects = Effects.of(load.posts(), bench.posts);
        }
        assertThat(report.firstFailures()).isEmpty();
        assertThat(report.succeeded()).isGreaterThan(1_000);
        assertThat(effects.exactlyOnce()).isTrue();
        assertThat(route().inService()).containsExactly(serving.address());
        assertThat(route().draining()).containsExactly(committed.address());
        bench.cutOver(committed); // the way back still is there
        assertThat(get("shop.example")).isEqualTo("r0");
    }

    @Test
    void aTunnelOfTheWorkerBeforeIsDrainedToo() throws Exception {
        Origin old = bench.origin("r0");
        Origin fresh = bench.origin("r1");
        bench.cutOver(old);
        try (WebSocketReader socket = new WebSocketReader(bench.port)) {
            assertThat(socket.echo("one")).isEqualTo("one");
            bench.proxy.ensure(bench.settings("shop", "*", Optional.empty(), 6));
            bench.cutOver(fresh);
            assertThat(socket.echo("two")).isEqualTo("two");
            assertThat(bench.proxy.drain("web", servers(old), Duration.ofMillis(200)))
                    .isEqualTo(1);
            assertThat(socket.closed()).isTrue();
        }
    }

    @Test
    void appsThatShareAProxyDoNotDisturbEachOther() throws Exception {
        HaproxyHost wiki = bench.app("wiki");
        Origin shopOrigin = bench.origin("shop");
        Origin wikiOrigin = bench.origin("wiki");
        bench.cutOver(shopOrigin);
        wiki.ensure(bench.settings("wiki", "wiki.example", Optional.empty(), 2));
        wiki.cutOver("web", servers(wikiOrigin), DEADLINE);
        wiki.commit();
        assertThat(get("wiki.example")).isEqualTo("wiki");
        assertThat(get("WIKI.example:" + bench.port)).isEqualTo("wiki");
        assertThat(get("shop.example")).isEqualTo("shop");
        assertThat(wiki.observe().routes().keySet()).containsExactly("web");
        assertThat(wiki.observe().settingsHash())
                .isEqualTo(bench.settings("wiki", "wiki.example", Optional.empty(), 2)
                        .hash());

        assertThatThrownBy(
                        () -> bench.app("third").ensure(bench.settings("third", "wiki.example", Optional.empty(), 2)))
                .isInstanceOf(ProxyException.class)
                .hasMessageContaining("wiki.example");

        bench.proxy.remove();
        assertThat(bench.proxy.observe().routes()).isEmpty();
        assertThat(Page.get(bench.page("/"), Map.of()).statusCode()).isEqualTo(404);
        assertThat(Page.get(bench.page("/"), Map.of()).body()).contains("No app on this host");
        wiki.remove();
        assertThat(wiki.observe()).isEqualTo(ProxyState.ABSENT);
        wiki.remove();
    }

    @Test
    void aRouteThatIsRenamedServesWithoutAGapAndItsFormerSelfGoesAtCommit() throws Exception {
        Origin web = bench.origin("web");
        Origin storefront = bench.origin("storefront");
        bench.cutOver(web);
        bench.proxy.commit();
        ProxySettings renamed = new ProxySettings(
                "shop",
                "dublin",
                "portolan-proxy",
                Optional.of("127.0.0.1:" + bench.port),
                List.of(new ProxyRoute.Http(
                        new Route.Http("*", "storefront", Origin.PORT, "/health", Optional.empty()), 4)));
        try (Load load = bench.readers()) {
            bench.proxy.ensure(renamed);
            assertThat(get("shop.example")).isEqualTo("web");
            bench.proxy.cutOver("storefront", servers(storefront), DEADLINE);
            assertThat(get("shop.example")).isEqualTo("storefront");
            bench.proxy.commit();
            assertThat(bench.proxy.observe().routes().keySet()).containsExactly("storefront");
            assertThat(bench.proxy.drain("web", servers(web), Duration.ofSeconds(2)))
                    .isLessThan(3);
            assertThat(load.stop().failed()).isZero();
        }
    }

    @Test
    void settingsThatHaproxyRefusesChangeNothing() throws Exception {
        Origin serving = bench.origin("r0");
        bench.cutOver(serving);
        ProxyState before = bench.proxy.observe();
        ProxySettings taken = new ProxySettings(
                "shop",
                "dublin",
                "portolan-proxy",
                Optional.of(serving.address()),
                settings.routes()); // a port that is in use
        assertThatThrownBy(() -> bench.proxy.ensure(taken))
                .isInstanceOf(ProxyException.class)
                .hasMessageContaining(serving.address());
        assertThat(bench.proxy.observe()).isEqualTo(before);
        assertThat(get("shop.example")).isEqualTo("r0");
        bench.proxy.ensure(bench.settings("shop", "*", Optional.empty(), 6));
        assertThat(bench.proxy.observe().settingsHash()).isNotEqualTo(before.settingsHash());
        assertThat(get("shop.example")).isEqualTo("r0");
    }

    @Test
    void withoutAServerTheAnswerSaysSo() throws Exception {
        var answer = Page.get(bench.page("/"), Map.of());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("No server is ready to answer. Please try again in a moment.\n");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    private ProxyState.RouteState route() {
        return Optional.ofNullable(bench.proxy.observe().routes().get("web")).orElseThrow();
    }

    /** By a raw Host header, which Java's client does not set. */
    private String get(String hostName) throws Exception {
        return RawPage.body(bench.port, hostName).strip();
    }
}
