package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.EngineException;
import dev.portolan.model.Hook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HooksIT extends EngineTestBase {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<String> output = new ArrayList<>();

    @BeforeEach
    void startContainer() {
        create(name("box"), sleeping());
        engine.start(name("box"));
    }

    private OptionalInt run(Duration limit, String script) {
        return engine.runHook(name("box"), new Hook(List.of("sh", "-c", script)), limit, output::add);
    }

    @Test
    void aHookHasItsOutputLineByLineAndItsExitCode() {
        assertThat(run(LONG, "echo one; sleep 0.1; echo two >&2; sleep 0.1; printf three; exit 42"))
                .hasValue(42);
        assertThat(output).containsExactly("one", "two", "three");
    }

    @Test
    void aHookRunsAsItSays() {
        Hook hook = new Hook(
                List.of("sh", "-c", "id -u; pwd; echo $GREETING"),
                Optional.of("1234"),
                false,
                Optional.of("/proc"),
                Map.of("GREETING", "hello there"),
                List.of());

        assertThat(engine.runHook(name("box"), hook, LONG, output::add)).hasValue(0);
        assertThat(output).containsExactly("1234", "/proc", "hello there");
    }

    @Test
    void aHookThatHangsIsWaitedForNoLongerThanItsLimit() {
        long begin = System.nanoTime();

        assertThat(run(Duration.ofSeconds(1), "echo begun; sleep 60")).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        assertThat(output).containsExactly("begun");
    }

    @Test
    void aHookThatLeavesSomethingBehindHasEndedAllTheSame() {
        assertThat(run(Duration.ofSeconds(1), "sleep 60 & echo begun; exit 3")).hasValue(3);
        assertThat(output).containsExactly("begun");
    }

    @Test
    void aHookThatCannotBeRunHasTheExitCodeOfAShell() {
        assertThat(engine.runHook(name("box"), new Hook(List.of("/no/such/program")), LONG, output::add)
                        .orElseThrow())
                .isIn(126, 127); // as old and as newer engines say it
        assertThat(output).singleElement().asString().contains("/no/such/program");
    }

    @Test
    void aContainerThatDoesNotRunIsAnError() {
        engine.stop(name("box"), Duration.ofSeconds(1));

        assertThatThrownBy(() -> run(LONG, "true"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("run a hook in the container " + name("box"))
                .hasMessageContaining("is not running");
    }
}
