package dev.portolan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTest {
    private static final LoadSettings SETTINGS = LoadSettings.standard();

    @Test
    void itMakesRateTimesTimeRequestsAndTellsHowItGoesEverySecond() throws Exception {
        try (var server = new ScriptedServer(request -> request.ok("hello"))) {
            List<LoadReport> progress = new ArrayList<>();
            var probe = new Probe(Probe.Request.of(server.uri(), Rate.perSecond(50), Duration.ofMillis(2500)));
            LoadReport report = probe.run(SETTINGS, progress::add);

            assertThat(report.requests()).isEqualTo(125);
            assertThat(report.failed()).isZero();
            assertThat(progress).hasSize(2);
            assertThat(progress.getFirst().requests()).isBetween(45L, 90L);
            assertThat(progress.getLast().requests()).isBetween(95L, 125L);
        }
    }

    @Test
    void itCanBeStoppedAndReportsWhatItHasAsked() throws Exception {
        try (var server = new ScriptedServer(request -> request.ok("hello"))) {
            var probe = new Probe(Probe.Request.of(server.uri(), Rate.perSecond(50), Duration.ofMinutes(10)));
            Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(300);
                    probe.stop();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            LoadReport report = probe.run(SETTINGS, soFar -> {});

            assertThat(report.requests()).isBetween(10L, 100L);
            assertThat(report.succeeded()).isEqualTo(report.requests());
        }
    }

    @Test
    void anInterruptEndsItInOrder() throws Exception {
        try (var server = new ScriptedServer(request -> request.ok("hello"))) {
            var probe = new Probe(Probe.Request.of(server.uri(), Rate.perSecond(50), Duration.ofMinutes(10)));
            Thread.currentThread().interrupt();
            LoadReport report = probe.run(SETTINGS, soFar -> {});

            assertThat(Thread.interrupted()).isTrue();
            assertThat(report.failed()).isZero();
            assertThat(report.succeeded()).isEqualTo(report.requests());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "ftp://example.org/", "http:///path", "http://a b/", "mailto:me"})
    void anAddressThatCannotBeReadIsAUserError(String text) {
        assertThatThrownBy(() -> WebAddress.parse(text)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.message()).startsWith("'" + text + "' is not ");
            assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
        });
    }

    @Test
    void anAddressIsReadWithItsPathOrWithout() {
        assertThat(WebAddress.parse(" https://example.org ")).isEqualTo(URI.create("https://example.org"));
        assertThat(WebAddress.parse("http://127.0.0.1:8080/a?b=c"))
                .isEqualTo(URI.create("http://127.0.0.1:8080/a?b=c"));
    }

    @Test
    void theReportBecomesJsonWithRequestsAndFailed() throws Exception {
        ScriptedServer.Script script = request -> request.answer("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n");
        try (var server = new ScriptedServer(script)) {
            var probe = new Probe(Probe.Request.of(server.uri(), Rate.perSecond(10), Duration.ofMillis(500)));
            LoadReport report = probe.run(SETTINGS, soFar -> {});
            var json = JsonMapper.builder()
                    .addModules(new Jdk8Module(), new JavaTimeModule())
                    .build();
            JsonNode tree = json.valueToTree(report);

            assertThat(tree.get("requests").asLong()).isEqualTo(5);
            assertThat(tree.get("failed").asLong()).isEqualTo(5);
            assertThat(tree.at("/firstFailures/0/reason").asText()).isEqualTo("status 500: (empty)");
            assertThat(tree.at("/readers/0/figures/sent").asLong()).isEqualTo(5);
        }
    }
}
