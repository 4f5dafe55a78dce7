package dev.portolan.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildProgressTest {
    private final List<String> lines = new ArrayList<>();
    private final BuildProgress progress = new BuildProgress(lines::add);

    @Test
    void eachStepIsNamedOnceAndFollowedByWhatItSays() throws IOException {
        tell(vertex("a", "[internal] load build definition").message(5, moment()));
        tell(vertex("b", "[1/2] FROM base").number(4, 1).message(5, moment()).message(6, moment()));
        tell(vertex("c", "[2/2] RUN make"));
        tell(vertex("c", "[2/2] RUN make").message(5, moment()));
        tell(vertex("c", "[2/2] RUN make").message(5, moment()));
        log("c", "compil");
        log("c", "ing\nlinking\n");
        layer("c", 12_300_000);
        layer("c", 12_300_000);
        tell(vertex("c", "[2/2] RUN make").message(5, moment()).message(6, moment()));

        assertThat(lines)
                .containsExactly(
                        "#1 [1/2] FROM base",
                        "#1 was done already",
                        "#2 [2/2] RUN make",
                        "#2 compiling",
                        "#2 linking",
                        "#2 layer 12 MB");
        assertThat(progress.failedStep()).isEmpty();
    }

    @Test
    void aStepThatFailsIsKnownWithItsLastLines() throws IOException {
        tell(vertex("c", "[2/2] RUN make").message(5, moment()));
        for (int line = 1; line <= 30; line++) {
            log("c", "line " + line + "\n");
        }
        log("c", "and the rest");
        tell(vertex("c", "[2/2] RUN make")
                .message(5, moment())
                .message(6, moment())
                .text(7, "exit code: 7"));

        assertThat(progress.failedStep()).contains("[2/2] RUN make");
        assertThat(progress.failedOutput()).hasSize(20).startsWith("line 12").endsWith("line 30", "and the rest");
        assertThat(lines).endsWith("#1 and the rest", "#1 failed: exit code: 7");
    }

    private void tell(MessageWriter vertex) throws IOException {
        progress.accept(Message.parse(new MessageWriter().message(1, vertex).toBytes()));
    }

    private void log(String vertex, String text) throws IOException {
        MessageWriter log = new MessageWriter().text(1, vertex).bytes(4, ByteString.copyFromUtf8(text));
        progress.accept(Message.parse(new MessageWriter().message(3, log).toBytes()));
    }

    private void layer(String vertex, long total) throws IOException {
        MessageWriter status = new MessageWriter()
                .text(1, "layer")
                .text(2, vertex)
                .number(5, total)
                .message(8, moment());
        progress.accept(Message.parse(new MessageWriter().message(2, status).toBytes()));
    }

    private static MessageWriter vertex(String digest, String name) {
        return new MessageWriter().text(1, digest).text(3, name);
    }

    private static MessageWriter moment() {
        return new MessageWriter().number(1, 1);
    }
}
