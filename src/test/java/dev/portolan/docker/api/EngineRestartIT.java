package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EngineRestartIT extends EngineTestBase {

    @Test
    void callsInTheMiddleFailAndLaterOnesSucceedOnTheSameClient() throws Exception {
        testEngine.assumeRestartable();
        create(name("box"), busybox().shell("i=0; while true; do echo $i; i=$((i+1)); sleep 0.1; done"));
        engine.start(name("box"));
        var started = new CountDownLatch(1);
        List<Throwable> failures = new ArrayList<>();
        Thread waiting = failing(failures, () -> engine.await(name("box")));
        Thread following = failing(failures, () -> engine.logs(name("box"), true, -1, line -> started.countDown()));
        started.await();
        String identity = engine.info().id();

        testEngine.stop();
        for (Thread thread : List.of(waiting, following)) {
            assertThat(thread.join(Duration.ofSeconds(30)))
                    .as("it does not hang")
                    .isTrue();
        }
        assertThat(failures)
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(EngineException.class));
        assertThatThrownBy(() -> engine.info())
                .isInstanceOf(EngineException.class)
                .hasMessageMatching("(?s).*(no container engine listens|does not run).*");

        testEngine.start();
        assertThat(engine.info().id()).isEqualTo(identity);
        assertThat(engine.container(name("box")).orElseThrow().running())
                .as("live-restore")
                .isTrue();
        engine.stop(name("box"), Duration.ZERO);
    }

    @Test
    void aCallThatChangesSomethingIsNotSentOnAConnectionFromBeforeTheRestart() {
        testEngine.assumeRestartable();
        engine.info();
        testEngine.restart();
        create(name("after"), sleeping());
        assertThat(engine.container(name("after"))).isPresent();
    }

    private static Thread failing(List<Throwable> failures, Runnable call) {
        return Thread.ofVirtual().start(() -> {
            try {
                call.run();
            } catch (EngineException e) {
                synchronized (failures) {
                    failures.add(e);
                }
            }
        });
    }
}
