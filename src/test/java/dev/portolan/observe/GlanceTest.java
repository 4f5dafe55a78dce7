package dev.portolan.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.Threads;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UpdateOrder;
import dev.portolan.model.UserError;
import dev.portolan.testing.Examples;
import dev.portolan.traffic.TrafficLayer;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GlanceTest {

    @Test
    void aHostThatIsSilentDoesNotKeepAGlanceWaiting() {
        var release = Examples.release(
                List.of("dublin", "sydney"),
                new TrafficSettings.None(),
                Examples.service("web", "1", 1, UpdateOrder.START_FIRST));

        Observed seen = new Observer(new HalfDead(), new Threads()).observe(List.of(release), Duration.ofSeconds(1));

        assertThat(seen.hosts())
                .containsEntry(Examples.hostOf("dublin"), new HostState.Unreachable("no route to it"))
                .containsEntry(Examples.hostOf("sydney"), new HostState.Unreachable("it said nothing for 1 s"));
    }

    /** One host refuses, the other never says anything. */
    private static final class HalfDead implements Fleet {

        @Override
        public void know(Collection<Host> known) {}

        @Override
        public HostAccess on(HostId host) {
            if (host.region().equals("dublin")) {
                throw new UserError("no route to it", "check it");
            }
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            throw new UserError("interrupted", "");
        }

        @Override
        public TrafficLayer traffic() {
            return (TrafficLayer) Proxy.newProxyInstance(
                    TrafficLayer.class.getClassLoader(),
                    new Class<?>[] {TrafficLayer.class},
                    (self, method, arguments) -> TrafficState.ABSENT);
        }
    }
}
