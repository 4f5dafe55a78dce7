package dev.portolan.host.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class LocalPortsTest {
    private final LocalPorts ports = new LocalPorts();

    @Test
    void aPortIsTakenWhileSomebodyListensThere() throws IOException {
        int port;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
            assertThat(ports.taken("127.0.0.1:" + port)).isTrue();
            assertThat(ports.taken(":" + port))
                    .as("all addresses, of which it has one")
                    .isTrue();
            assertThat(ports.taken("127.0.0.2:" + port)).isFalse();
        }
        assertThat(ports.taken("127.0.0.1:" + port)).isFalse();
        assertThat(ports.taken(":" + port)).isFalse();
    }

    @Test
    void whoDoesNotComeToTakingConnectionsHasThePortAllTheSame() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int time = 0; time < 5; time++) {
                assertThat(ports.taken("127.0.0.1:" + busy.getLocalPort())).isTrue();
            }
        }
    }

    @Test
    void aPortThatAnOutgoingConnectionHasIsNotListenedOn() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket outgoing = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
            assertThat(ports.taken("127.0.0.1:" + outgoing.getLocalPort())).isFalse();
        }
    }

    @Test
    void aPortForRootAloneIsNotTakenBecauseOfThat() {
        assertThat(ports.taken("127.0.0.9:1")).isFalse();
    }
}
