package dev.portolan.proxy.haproxy;

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
import dev.portolan.model.ProxyState;
import dev.portolan.proxy.ProxyException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A release that is checked by another path than the one before it, which does not know that path. */
class HealthPathIT {
    private static final Duration SOME_CHECKS = Duration.ofMillis(1500);

    private ProxyBench bench;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(LocalProcess.available(), "this machine has no HAProxy of its own");
        bench = new ProxyBench();
        bench.proxy.ensure(checking("/health"));
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    @Test
    void theReleaseBeforeServesUntilTheCutOverAndIsTheWayBackAfterIt() throws Exception {
        Origin[] old = {bench.origin("r0"), bench.origin("r0")};
        Origin[] fresh = {bench.origin("r1"), bench.origin("r1")};
        fresh[0].healthPath("/up");
        fresh[1].healthPath("/up");
        bench.cutOver(old);
        bench.proxy.commit();
        try (Load load = bench.readers()) {
            Thread.sleep(SOME_CHECKS);
            bench.proxy.ensure(checking("/up"));
            assertThat(state().settingsHash())
                    .as("it is not done before the cut-over")
                    .isEmpty();
            Thread.sleep(SOME_CHECKS);
            bench.cutOver(fresh);
            bench.proxy.commit();
            assertThat(state().settingsHash()).isEqualTo(checking("/up").hash());
            assertThat(inService()).isEqualTo(Set.of(fresh[0].address(), fresh[1].address()));
            Thread.sleep(SOME_CHECKS);
            bench.proxy.ensure(checking("/health"));
            Thread.sleep(SOME_CHECKS);
            bench.cutOver(old);
            bench.proxy.commit();
            Thread.sleep(SOME_CHECKS);
            allServed(load);
        }
        assertThat(inService()).isEqualTo(Set.of(old[0].address(), old[1].address()));
        assertThat(bench.proxy.figures("web").get(old[0].address()))
                .satisfies(figures -> assertThat(figures.healthy()).isTrue());
    }

    @Test
    void aPathThatTheSameServersDoNotKnowIsRefusedAndTheyServeOn() throws Exception {
        Origin[] same = {bench.origin("r0"), bench.origin("r0")};
        bench.cutOver(same);
        bench.proxy.commit();
        try (Load load = bench.readers()) {
            bench.proxy.ensure(checking("/up"));
            assertThatThrownBy(() -> bench.proxy.cutOver("web", servers(same), SOME_CHECKS))
                    .isInstanceOf(ProxyException.class)
                    .hasMessageContaining("404");
            bench.proxy.ensure(checking("/health"));
            bench.cutOver(same);
            bench.proxy.commit();
            Thread.sleep(SOME_CHECKS);
            allServed(load);
        }
        assertThat(state().settingsHash()).isEqualTo(checking("/health").hash());
        assertThat(inService()).isEqualTo(Set.of(same[0].address(), same[1].address()));
        same[0].healthy(false);
        Thread.sleep(SOME_CHECKS);
        assertThat(bench.proxy.figures("web").get(same[0].address()))
                .satisfies(figures -> assertThat(figures.healthy()).isFalse());
    }

    private ProxySettings checking(String path) {
        return bench.settings("shop", "*", path, Optional.empty(), 8);
    }

    private void allServed(Load load) {
        LoadReport report = load.stop();
        assertThat(report.firstFailures()).isEmpty();
        assertThat(report.failed()).isZero();
        assertThat(report.succeeded()).isGreaterThan(1_000);
        assertThat(Effects.of(load.posts(), bench.posts).exactlyOnce()).isTrue();
    }

    private ProxyState state() {
        return bench.proxy.observe();
    }

    private Set<String> inService() {
        Map<String, ProxyState.RouteState> routes = state().routes();
        return Optional.ofNullable(routes.get("web")).orElseThrow().inService();
    }
}
