package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.ContainerEngine.LogLine;
import dev.portolan.docker.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OutputIT extends EngineTestBase {

    @Test
    void bothStreamsAreReadWithTheirTimes() {
        Instant before = Instant.now().minusSeconds(60);
        create(name("both"), busybox().shell("echo one; echo two >&2; echo; printf unfinished"));
        engine.start(name("both"));
        engine.await(name("both"));
        var lines = new ArrayList<LogLine>();
        engine.logs(name("both"), false, -1, lines::add);
        assertThat(texts(lines, false)).containsExactly("one", "", "unfinished");
        assertThat(texts(lines, true)).containsExactly("two");
        assertThat(lines)
                .allSatisfy(line -> assertThat(Instant.parse(line.time())).isAfter(before));
    }

    @Test
    void theTailIsAsLongAsAskedFor() {
        create(name("tail"), busybox().shell("seq 1 50"));
        engine.start(name("tail"));
        engine.await(name("tail"));
        var lines = new ArrayList<LogLine>();
        engine.logs(name("tail"), false, 3, lines::add);
        assertThat(texts(lines, false)).containsExactly("48", "49", "50");
        lines.clear();
        engine.logs(name("tail"), false, 0, lines::add);
        assertThat(lines).isEmpty();
    }

    @Test
    void aHundredThousandLinesArriveInTheirOrder() {
        create(name("long"), busybox().shell("seq 1 100000"));
        engine.start(name("long"));
        var lines = new ArrayList<String>();
        engine.logs(name("long"), true, -1, line -> lines.add(line.text()));
        assertThat(lines).hasSize(100_000);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).isEqualTo(String.valueOf(i + 1));
        }
    }

    @Test
    void aLineLongerThanAMessageOfTheEngineStaysOneLine() {
        create(name("wide"), busybox().shell("head -c 100000 /dev/zero | tr '\\0' x; echo; echo next"));
        engine.start(name("wide"));
        engine.await(name("wide"));
        List<String> lines = output(name("wide"));
        assertThat(lines).extracting(String::length).containsExactly(100_000, 4);
        assertThat(lines).containsExactly("x".repeat(100_000), "next");
    }

    @Test
    void outputOfATerminalIsReadLineByLine() {
        create(name("tty"), busybox().shell("echo one; echo two >&2").terminal());
        engine.start(name("tty"));
        engine.await(name("tty"));
        assertThat(output(name("tty"))).containsExactly("one", "two");
    }

    @Test
    void followingEndsWithAnInterruptAndWithoutAnError() throws Exception {
        create(name("follow"), busybox().shell("i=0; while true; do echo $i; i=$((i+1)); sleep 0.05; done"));
        engine.start(name("follow"));
        for (Thread.Builder kind : List.of(Thread.ofVirtual(), Thread.ofPlatform())) {
            List<String> lines = Collections.synchronizedList(new ArrayList<>());
            var ended = new AtomicBoolean();
            Thread follower = kind.start(() -> {
                engine.logs(name("follow"), true, -1, line -> lines.add(line.text()));
                ended.set(Thread.currentThread().isInterrupted());
            });
            await("lines", () -> lines.size() > 5);
            follower.interrupt();
            assertThat(follower.join(Duration.ofSeconds(10))).isTrue();
            assertThat(ended).as("it returned, with the interrupt still set").isTrue();
            assertThat(lines).startsWith("0", "1", "2");
        }
    }

    @Test
    void outputOfNothingIsAnError() {
        assertThatThrownBy(() -> engine.logs(name("nothing"), false, -1, line -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(name("nothing"));
    }
}
