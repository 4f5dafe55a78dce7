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
import dev.portolan.load.Post;
import dev.portolan.load.ReaderKind;
import dev.portolan.model.ProxyState;
import dev.portolan.proxy.HostProxy.Figures;
import dev.portolan.proxy.ProxyException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cut-over, drain and the way back, with the real HAProxy under load. */
class CutOverIT {
    private ProxyBench bench;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(LocalProcess.available(), "this machine has no HAProxy of its own");
        bench = new ProxyBench();
        bench.proxy.ensure(bench.settings("shop", "*", Optional.empty(), 4));
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    @Test
    void fiftySwapsLoseNoRequestAndRepeatNoPost() throws Exception {
        Origin[] serving = {bench.origin("r0"), bench.origin("r0")};
        bench.cutOver(serving);
        LoadReport report;
        List<Post> posts;
        try (Load load = bench.readers()) {
            for (int swap = 1; swap <= 50; swap++) {
                Origin[] next = {bench.origin("r" + swap), bench.origin("r" + swap)};
                bench.cutOver(next);
                bench.proxy.drain("web", servers(serving), Duration.ofMillis(600));
                serving[0].close(); // nothing may be in flight there
                serving[1].close();
                serving = next;
            }
            report = load.stop();
            posts = load.posts();
        }
        assertThat(report.firstFailures()).isEmpty();
        assertThat(report.failed()).isZero();
        assertThat(report.succeeded()).isGreaterThan(3_000);
        assertThat(report.served()).hasSizeGreaterThan(50);
        assertThat(Effects.of(posts, bench.posts).exactlyOnce()).isTrue();
    }

    @Test
    void theWayBackToServersThatDrainIsFast() throws Exception {
        Origin[] old = {bench.origin("r0"), bench.origin("r0")};
        Origin[] fresh = {bench.origin("r1"), bench.origin("r1")};
        bench.cutOver(old);
        bench.cutOver(fresh);
        assertThat(route().inService()).isEqualTo(Set.of(fresh[0].address(), fresh[1].address()));
        assertThat(route().draining()).containsExactlyInAnyOrder(old[0].address(), old[1].address());
        try (Load load = bench.readers()) {
            long start = System.nanoTime();
            bench.cutOver(old);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            int served = fresh[0].pages();
            bench.proxy.drain("web", servers(fresh), Duration.ofSeconds(2));
            assertThat(fresh[0].pages() - served).isLessThan(5);
            Thread.sleep(500);
            assertThat(load.stop().failed()).isZero();
        }
        assertThat(route().inService()).isEqualTo(Set.of(old[0].address(), old[1].address()));
        assertThat(route().draining()).isEmpty();
    }

    @Test
    void cuttingOverToWhatServesAlreadyChangesNothing() throws Exception {
        Origin one = bench.origin("r0");
        bench.cutOver(one);
        ProxyState before = bench.proxy.observe();
        bench.cutOver(one);
        assertThat(bench.proxy.observe()).isEqualTo(before);
        assertThat(before.running()).isTrue();
        assertThat(before.settingsHash())
                .isEqualTo(bench.settings("shop", "*", Optional.empty(), 4).hash());
    }

    @Test
    void aNewServerThatIsNotHealthyChangesNothing() throws Exception {
        Origin old = bench.origin("r0");
        Origin good = bench.origin("r1");
        Origin sick = bench.origin("r1");
        sick.healthy(false);
        bench.cutOver(old);
        try (Load load = bench.readers()) {
            assertThatThrownBy(() -> bench.proxy.cutOver("web", servers(good, sick), Duration.ofSeconds(2)))
                    .isInstanceOf(ProxyException.class)
                    .hasMessageContaining("container-" + sick.host())
                    .hasMessageContaining("503")
                    .hasMessageNotContaining("container-" + good.host());
            assertThat(load.stop().failed()).isZero();
        }
        assertThat(route().inService()).containsExactly(old.address());
        assertThat(route().draining()).isEmpty();
        assertThat(good.pages()).isZero();
        assertThat(sick.pages()).isZero();
    }

    @Test
    void aServerThatIsKilledLosesNoRequestThatMayBeRepeated() throws Exception {
        Origin one = bench.origin("r0");
        Origin other = bench.origin("r0");
        bench.cutOver(one, other);
        LoadReport report;
        List<Post> posts;
        try (Load load = bench.readers()) {
            Thread.sleep(500);
            load.duringFault("a container is killed", () -> {
                one.kill();
                Thread.sleep(100);
                return one;
            });
            Thread.sleep(2_000);
            one.revive();
            Thread.sleep(1_000);
            report = load.stop();
            posts = load.posts();
        }
        assertThat(report.firstFailures()).isEmpty();
        assertThat(report.succeeded()).isGreaterThan(1_000);
        assertThat(Effects.of(posts, bench.posts).repeated()).isEmpty();
        assertThat(bench.proxy.figures("web").values()).allMatch(Figures::healthy);
    }

    @Test
    void aPostWithoutAnAnswerIsNotSentTwice() throws Exception {
        Origin one = bench.origin("r0");
        Origin other = bench.origin("r0");
        bench.cutOver(one, other);
        one.silent(true);
        try (Load load = bench.readers()) {
            Thread.sleep(1_500);
            LoadReport report = load.stop();
            assertThat(report.failed()).isPositive();
            assertThat(report.firstFailures()).allMatch(failure -> failure.reader() == ReaderKind.POST);
        }
        assertThat(bench.posts)
                .isNotEmpty()
                .allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void figuresCountFromTheMomentTheServerWasPutThere() throws Exception {
        Origin old = bench.origin("r0");
        Origin broken = bench.origin("r1");
        bench.cutOver(old);
        get(20);
        Figures before = figures(old);
        assertThat(before.requests()).isEqualTo(20);
        assertThat(before.failures()).isZero();

        bench.cutOver(broken);
        assertThat(figures(broken)).isEqualTo(new Figures(0, 0, 0, true, 0));
        broken.broken(true);
        get(7);
        assertThat(figures(broken)).isEqualTo(new Figures(7, 7, 0, true, 0));
        broken.silent(true);
        get(1);
        assertThat(figures(broken).connectionErrors()).isPositive();
        assertThat(figures(old).requests()).isEqualTo(20);

        bench.cutOver(old);
        bench.proxy.drain("web", servers(broken), Duration.ofSeconds(1));
        Origin next = bench.origin("r2");
        bench.cutOver(next); // in the slot that the broken one had
        get(3);
        assertThat(figures(next)).isEqualTo(new Figures(3, 0, 0, true, 0));
    }

    @Test
    void figuresCountAnewForAServerAtAnAddressThatAnotherOneHadWithoutBeingDrained() throws Exception {
        Origin old = bench.origin("r0");
        Origin broken = bench.origin("r1");
        bench.cutOver(old);
        bench.cutOver(broken);
        broken.broken(true);
        get(7);
        assertThat(figures(broken).failures()).isEqualTo(7);

        bench.cutOver(old);
        broken.broken(false);
        bench.cutOver(broken); // at the same address, as a new container may be
        get(3);
        assertThat(figures(broken)).isEqualTo(new Figures(3, 0, 0, true, 0));
    }

    @Test
    void aReaderStaysOnItsServerUntilThatOneDrains() throws Exception {
        bench.proxy.ensure(bench.settings("shop", "*", Optional.of("_session"), 4));
        Origin[] old = {bench.origin("r0"), bench.origin("r0")};
        Origin fresh = bench.origin("r1");
        bench.cutOver(old);
        get("/login", "");
        Origin mine = old[0].pages() == 1 ? old[0] : old[1];
        String cookie = "_session=r0-" + mine.host();
        for (int request = 0; request < 10; request++) {
            assertThat(get("/", cookie)).isEqualTo("r0");
        }
        assertThat(mine.pages()).isEqualTo(11);

        bench.cutOver(fresh);
        assertThat(get("/", cookie)).isEqualTo("r1");
        assertThat(mine.pages()).isEqualTo(11);

        bench.cutOver(old[0], old[1], fresh);
        for (int request = 0; request < 10; request++) {
            assertThat(get("/", cookie)).isEqualTo("r1"); // it has been there since
        }
    }

    @Test
    void anOpenWebSocketIsEndedAtTheDeadlineAndNotBefore() throws Exception {
        Origin old = bench.origin("r0");
        Origin fresh = bench.origin("r1");
        bench.cutOver(old);
        try (WebSocketReader socket = new WebSocketReader(bench.port)) {
            assertThat(socket.echo("one")).isEqualTo("one");
            bench.cutOver(fresh);
            assertThat(socket.echo("two")).isEqualTo("two");
            assertThat(bench.proxy.drain("web", servers(old), Duration.ofMillis(200)))
                    .isEqualTo(1);
            assertThat(socket.closed()).isTrue();
        }
        assertThat(bench.proxy.drain("web", servers(old), DEADLINE)).isZero();
        assertThat(route().draining()).isEmpty();
    }

    @Test
    void withoutAFreeSlotTheOneThatNobodyUsesIsGivenAway() throws Exception {
        Origin[] first = {bench.origin("r0"), bench.origin("r0")};
        Origin[] second = {bench.origin("r1"), bench.origin("r1")};
        Origin[] third = {bench.origin("r2"), bench.origin("r2")};
        bench.cutOver(first);
        bench.cutOver(second);
        bench.cutOver(third);
        assertThat(route().inService()).isEqualTo(Set.of(third[0].address(), third[1].address()));
        assertThat(route().draining()).containsExactlyInAnyOrder(second[0].address(), second[1].address());
    }

    private ProxyState.RouteState route() {
        return Optional.ofNullable(bench.proxy.observe().routes().get("web")).orElseThrow();
    }

    private Figures figures(Origin origin) {
        Map<String, Figures> figures = bench.proxy.figures("web");
        return Optional.ofNullable(figures.get(origin.address())).orElseThrow();
    }

    private void get(int times) throws Exception {
        for (int request = 0; request < times; request++) {
            get("/", "");
        }
    }

    private String get(String path, String cookie) throws Exception {
        return Page.get(bench.page(path), Map.of("Cookie", cookie)).body().strip();
    }
}
