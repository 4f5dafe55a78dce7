package dev.portolan.cli.render;

import static dev.portolan.cli.render.Story.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.deploy.Changes;
import dev.portolan.deploy.ServiceChange;
import dev.portolan.deploy.ServiceChange.Kind;
import dev.portolan.deploy.Status;
import dev.portolan.model.ExitCode;
import dev.portolan.model.InvalidConfiguration;
import dev.portolan.model.Problem;
import dev.portolan.model.Route;
import dev.portolan.model.SourceLocation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final JsonLines display = new JsonLines(new PrintStream(written, true, StandardCharsets.UTF_8));

    @Test
    void aRolloutIsAnEventALine() {
        Story.good().forEach(event -> display.show(new Event.Rolled(event)));

        assertThat(lines())
                .containsExactly(
                        "{\"event\":\"rollout-began\",\"rollout\":\"r1\",\"from\":\"aaaaaaaaaa\",\"to\":\"bbbbbbbbbb\"}",
                        "{\"event\":\"wave-began\",\"number\":1,\"of\":2,\"regions\":[\"sydney\"]}",
                        "{\"event\":\"step-began\",\"where\":\"sydney/local\",\"step\":\"drain shop-sydney-web-1 (up to 30s)\"}",
                        "{\"event\":\"step-went\",\"where\":\"sydney/local\",\"step\":\"drain shop-sydney-web-1 (up to"
                                + " 30s)\",\"line\":\"2 requests left\"}",
                        "{\"event\":\"step-ended\",\"where\":\"sydney/local\",\"step\":\"drain shop-sydney-web-1 (up to"
                                + " 30s)\",\"took\":1234}",
                        "{\"event\":\"watch-began\",\"monitor\":10000,\"regions\":[\"sydney\"]}",
                        "{\"event\":\"watch-ended\",\"requests\":1200,\"failed\":0,\"regions\":[\"sydney\"]}",
                        "{\"event\":\"wave-began\",\"number\":2,\"of\":2,\"regions\":[\"dublin\"]}",
                        "{\"event\":\"step-began\",\"where\":\"dublin/local\",\"step\":\"drain shop-dublin-web-1 (up to 30s)\"}",
                        "{\"event\":\"step-ended\",\"where\":\"dublin/local\",\"step\":\"drain shop-dublin-web-1 (up to"
                                + " 30s)\",\"took\":90}",
                        "{\"event\":\"committed\",\"release\":\"bbbbbbbbbb\"}",
                        "{\"event\":\"rollout-ended\",\"rollout\":\"r1\",\"state\":\"committed\",\"requests\":4210,\"failed\":0,\"took\":12300}");
    }

    @Test
    void aPlanHasItsSteps() {
        display.show(new Event.Planned(
                Story.PLAN,
                new Changes(
                        List.of(new ServiceChange("web", Kind.BROUGHT_BACK, List.of(), List.of())),
                        List.of("routes"))));

        assertThat(lines())
                .containsExactly(
                        "{\"event\":\"plan\",\"empty\":false,\"from\":\"aaaaaaaaaa\",\"to\":\"bbbbbbbbbb\",\"services\":"
                                + "[{\"service\":\"web\",\"change\":\"brought-back\",\"what\":[],\"regions\":[]}],\"others\":[\"routes\"],"
                                + "\"steps\":[\"wave 1 of 2: sydney, then watched for 10s\","
                                + "\"  sydney/local: drain shop-sydney-web-1 (up to 30s)\","
                                + "\"wave 2 of 2: dublin, then watched for 10s\","
                                + "\"  dublin/local: drain shop-dublin-web-1 (up to 30s)\","
                                + "\"last, on all hosts at once: commit release bbbbbbbbbb\"],"
                                + "\"warnings\":[\"nobody serves the readers of sydney meanwhile\"]}");
    }

    @Test
    void aStatusHasItsRoutes() {
        display.show(new Event.StatusSeen(
                new Status.Report(
                        "shop",
                        Optional.of(NEW),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(
                                new Status.RouteReport(
                                        new Route.Http("*", "git", 3000, "/", Optional.empty()),
                                        List.of("localhost:8080")),
                                new Status.RouteReport(new Route.Tcp(2222, "git", 22), List.of("localhost:2222"))),
                        List.of(),
                        List.of()),
                Instant.EPOCH));

        assertThat(lines())
                .containsExactly("{\"event\":\"status\",\"app\":\"shop\",\"release\":\"bbbbbbbbbb\",\"routes\":["
                        + "{\"host\":\"*\",\"service\":\"git\",\"port\":3000,\"readersAt\":[\"localhost:8080\"]},"
                        + "{\"tcp\":2222,\"service\":\"git\",\"port\":22,\"readersAt\":[\"localhost:2222\"]}],"
                        + "\"regions\":[],\"problems\":[]}");
    }

    @Test
    void anErrorHasItsProblems() {
        display.show(new Event.Failed(new InvalidConfiguration(List.of(Problem.error(
                new SourceLocation("compose.yaml", 3, 5), "services/web/x", "unknown key", "remove it")))));

        assertThat(lines())
                .containsExactly(
                        "{\"event\":\"error\",\"message\":\"compose.yaml:3:5: services/web/x: unknown key; remove it\",\"remedy\":"
                                + "\"correct the places above and run the command again; nothing was changed\",\"problems\":"
                                + "[{\"severity\":\"error\",\"file\":\"compose.yaml\",\"line\":3,\"column\":5,\"path\":"
                                + "\"services/web/x\",\"message\":\"unknown key\",\"remedy\":\"remove it\"}]}");
    }

    @Test
    void aSummaryHasWhatWasCounted() {
        display.show(new Event.Ended(Summary.of("committed", ExitCode.DONE)
                .ofRelease(NEW)
                .counted(120, 1)
                .after(Duration.ofSeconds(3))));
        display.show(new Event.Ended(Summary.ofStatus("exited", 42)));

        assertThat(lines())
                .containsExactly(
                        "{\"event\":\"summary\",\"result\":\"committed\",\"exit\":0,\"release\":\"bbbbbbbbbb\",\"requests\":120,"
                                + "\"failed\":1,\"took\":3000}",
                        "{\"event\":\"summary\",\"result\":\"exited\",\"exit\":42}");
    }

    @Test
    void outputThatIsNoTextIsBase64() {
        display.show(new Event.OutputSeen(false, ByteBuffer.wrap("grün\n".getBytes(StandardCharsets.UTF_8))));
        display.show(new Event.OutputSeen(true, ByteBuffer.wrap(new byte[] {(byte) 0xff, 0})));

        assertThat(lines())
                .containsExactly(
                        "{\"event\":\"output\",\"stream\":\"output\",\"text\":\"grün\\n\"}",
                        "{\"event\":\"output\",\"stream\":\"error\",\"base64\":\"/wA=\"}");
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
