package dev.portolan.demo.hosts;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.host.HostConnection;
import dev.portolan.testing.Fault;
import dev.portolan.testing.HostShell;
import dev.portolan.testing.TestFleet;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tests can do to a host does to it what it says. */
class HostFaultsIT {
    private TestFleet fleet;
    private VirtualHost host;

    @BeforeEach
    void start() {
        fleet = TestFleet.shared();
        host = fleet.host("dublin-2");
    }

    @Test
    void aFrozenHostKeepsItsConnectionsAndSaysNothing() throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.address(), 22), 5000);
            socket.setSoTimeout(10_000);
            InputStream answers = socket.getInputStream();
            assertThat(answers.readNBytes(4)).asString(US_ASCII).isEqualTo("SSH-");
            while (answers.read() != '\n') {
                // the rest of its name
            }
            while (answers.available() > 0) {
                answers.skipNBytes(answers.available());
            }
            try (Fault frozen = fleet.power().freeze(host)) {
                assertThat(frozen).isNotNull();
                socket.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII)); // is no SSH, of which it would complain
                socket.setSoTimeout(500);
                assertThatThrownBy(answers::read).isInstanceOf(SocketTimeoutException.class);
            }
            socket.setSoTimeout(10_000);
            assertThat(answers.readNBytes(7)).asString(US_ASCII).isEqualTo("Invalid");
        }
    }

    @Test
    void aFullDiskTakesNothingAndIsAsItWasAfterwards() {
        String folder = "/srv/data";
        fleet.shell().run(host, "mkdir -p " + folder + " && echo before >" + folder + "/kept");
        try (Fault full = fleet.troubles().fullDisk(host, folder)) {
            assertThat(full).isNotNull();
            HostShell.Answer answer = fleet.shell().attempt(host, "dd if=/dev/zero of=/srv/data/more bs=64k count=1");
            assertThat(answer.exitCode()).isNotZero();
            assertThat(answer.output()).contains("No space left on device");
            assertThat(fleet.shell().run(host, "cat /srv/data/kept")).isEqualTo("before\n");
        }
        assertThat(fleet.shell().run(host, "echo after >/srv/data/more && cat /srv/data/kept /srv/data/more"))
                .isEqualTo("before\nafter\n");
        fleet.shell().run(host, "rm -r /srv/data");
    }

    @Test
    void theClockOfCommandsOverSshIsWrong() throws Exception {
        try (Fault wrong = fleet.troubles().wrongClock(host, Duration.ofHours(-3))) {
            assertThat(wrong).isNotNull();
            assertThat(clock() - System.currentTimeMillis() / 1000).isBetween(-10860L, -10740L);
        }
        assertThat(clock() - System.currentTimeMillis() / 1000).isBetween(-60L, 60L);
    }

    /** Seconds since 1970, as the host tells them over SSH. */
    private long clock() throws Exception {
        fleet.hosts().await(host); // its server is started anew with another clock
        Process ssh = new ProcessBuilder("ssh", "-F", fleet.hosts().sshConfig().toString(), host.name(), "date", "+%s")
                .redirectErrorStream(true)
                .start();
        String said = new String(ssh.getInputStream().readAllBytes(), US_ASCII);
        assertThat(ssh.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return Long.parseLong(said.strip());
    }

    @Test
    void anEngineThatWasKilledComesBackByItself() throws Exception {
        String before = fleet.shell().run(host, "systemctl show --value --property=MainPID docker.service");
        fleet.troubles().killEngine(host);
        fleet.hosts().await(host);
        assertThat(fleet.shell().run(host, "systemctl show --value --property=MainPID docker.service"))
                .isNotEqualTo(before);
        try (Fault gone = fleet.troubles().withoutEngine(host);
                HostConnection connection = fleet.hosts().connect(host, "deploy")) {
            assertThat(gone).isNotNull();
            assertThatThrownBy(() -> connection.dial(connection.engineSocket())).isInstanceOf(IOException.class);
        }
        try (HostConnection connection = fleet.hosts().connect(host, "deploy");
                ContainerEngine engine = fleet.open(connection)) {
            assertThat(engine.info().version()).isNotEmpty();
        }
    }

    @Test
    void whoTakesMoreMemoryThanThereIsIsKilled() {
        try (Fault little = fleet.troubles().littleMemory(host, 300)) {
            assertThat(little).isNotNull();
            assertThat(fleet.shell()
                            .attempt(host, "bash -c 'head -c 400m /dev/zero | tail'")
                            .exitCode())
                    .isEqualTo(137);
        }
        fleet.hosts().await(host);
    }

    @Test
    void aThinLineTakesItsTime() throws Exception {
        try (Fault thin = fleet.wires().bandwidth(host, 1000);
                HostConnection connection = fleet.hosts().connect(host, "root")) {
            assertThat(thin).isNotNull();
            long began = System.nanoTime();
            connection.files().write("bandwidth", "x".repeat(200_000));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
            connection.files().remove("bandwidth");
        }
    }
}
