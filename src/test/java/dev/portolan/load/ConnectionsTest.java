package dev.portolan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.haproxy.EchoOrigin;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A probe of TCP: every connection that was made or was not is counted. */
class ConnectionsTest {

    @Test
    void eachConnectionIsMadeAtItsTimeAndIsItsOwn() throws Exception {
        try (var origin = new EchoOrigin("v1")) {
            LoadReport report = probe(request(origin.address()));

            assertThat(report.requests()).isEqualTo(20);
            assertThat(report.succeeded()).isEqualTo(20);
            assertThat(report.readers().getFirst().connections()).isEqualTo(20);
            assertThat(report.readers().getFirst().kind()).isEqualTo(ReaderKind.CONNECTION);
        }
    }

    @Test
    void whoeverSaysALineWantsAnAnswer() throws Exception {
        try (var origin = new EchoOrigin("v1")) {
            assertThat(probe(request(origin.address()).saying("hello")).succeeded())
                    .isEqualTo(20);
        }
    }

    @Test
    void aConnectionThatNobodyTakesHasFailed() throws Exception {
        String address;
        try (var origin = new EchoOrigin("v1")) {
            address = origin.address();
        }
        LoadReport report = probe(request(address));

        assertThat(report.failed()).isEqualTo(20);
        assertThat(report.failures()).containsExactly(new LoadReport.FailureCount(FailureKind.CONNECT_REFUSED, 20));
    }

    /** As a proxy does that has nobody behind it. */
    @Test
    void aConnectionThatIsClosedWithoutAnAnswerHasFailedWhereALineIsSaid() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> closeEach(silent));
            Probe.Request request = request("127.0.0.1:" + silent.getLocalPort());

            assertThat(probe(request).failed()).isZero();
            LoadReport report = probe(request.saying("hello"));
            assertThat(report.failed()).isEqualTo(20);
            assertThat(report.failures())
                    .extracting(LoadReport.FailureCount::kind)
                    .isSubsetOf(List.of(FailureKind.CLOSED_EARLY, FailureKind.RESET));
        }
    }

    @Test
    void anAddressOfTcpNeedsAPort() {
        assertThatThrownBy(() -> request("example.org")).isInstanceOf(UserError.class);
        assertThat(WebAddress.parse("tcp://example.org:5432")).isEqualTo(URI.create("tcp://example.org:5432"));
    }

    private static Probe.Request request(String address) {
        URI uri = WebAddress.parse("tcp://" + address);
        return Probe.Request.of(uri, Rate.perSecond(40), Duration.ofMillis(500));
    }

    private static LoadReport probe(Probe.Request request) {
        return new Probe(request).run(LoadSettings.standard(), soFar -> {});
    }

    private static void closeEach(ServerSocket from) {
        while (true) {
            try (Socket taken = from.accept()) {
                taken.shutdownOutput();
            } catch (IOException closed) {
                return;
            }
        }
    }
}
