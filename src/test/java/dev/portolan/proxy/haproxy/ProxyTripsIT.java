package dev.portolan.proxy.haproxy;

import static dev.portolan.proxy.haproxy.ProxyBench.DEADLINE;
import static dev.portolan.proxy.haproxy.ProxyBench.servers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portolan.haproxy.LocalProcess;
import dev.portolan.haproxy.Origin;
import dev.portolan.testing.FarHost;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How often a proxy that is far away is asked, one question after the answer to the other: time, divided by that of a round trip. The
 * trips are so long that what happens at the host, such as its check of a new server, hardly counts.
 */
class ProxyTripsIT {
    private static final Duration TRIP = Duration.ofSeconds(1);

    private ProxyBench bench;
    private HaproxyHost far;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(LocalProcess.available(), "this machine has no HAProxy of its own");
        bench = new ProxyBench();
        bench.proxy.ensure(bench.settings("shop", "*", Optional.empty(), 4));
        far = new HaproxyHost(new FarHost(bench.host, TRIP.dividedBy(2)), bench.process, "shop");
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    @Test
    void aDeployNeedsFewTripsToTheProxy() throws Exception {
        Origin old = bench.origin("r0");
        bench.cutOver(old);
        bench.proxy.commit();
        Origin fresh = bench.origin("r1");

        assertThat(trips(far::observe)).as("connect and observe").isLessThanOrEqualTo(2);
        assertThat(trips(far::observe)).as("observe").isEqualTo(1);
        assertThat(trips(() -> far.cutOver("web", servers(fresh), DEADLINE)))
                .as("cut over")
                .isLessThanOrEqualTo(3);
        assertThat(trips(() -> far.figures("web"))).as("figures").isEqualTo(1);
        assertThat(trips(() -> far.cutOver("web", servers(fresh), DEADLINE)))
                .as("cut over to what serves already")
                .isEqualTo(1);
        assertThat(trips(far::commit)).as("commit").isLessThanOrEqualTo(2);
        assertThat(trips(() -> far.drain("web", servers(old), DEADLINE)))
                .as("drain")
                .isLessThanOrEqualTo(2);
        assertThat(far.observe()).isEqualTo(bench.proxy.observe());
    }

    @Test
    void otherSettingsNeedFewTripsToo() {
        far.observe();
        assertThat(trips(() -> far.taken(bench.settings("shop", "*", Optional.empty(), 6))))
                .as("look for the ports")
                .isEqualTo(1);
        assertThat(trips(() -> far.ensure(bench.settings("shop", "*", Optional.empty(), 6))))
                .as("set up")
                .isLessThanOrEqualTo(9);
    }

    private static long trips(Runnable work) {
        long start = System.nanoTime();
        work.run();
        long nanos = System.nanoTime() - start;
        return nanos / TRIP.toNanos();
    }
}
