package dev.portolan.demo.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.host.HostConnection;
import dev.portolan.model.ContainerSpec.PublishedPort;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.RestartPolicy;
import dev.portolan.setup.LocalMachine;
import dev.portolan.testing.Fault;
import dev.portolan.testing.SpecBuilder;
import dev.portolan.testing.TestFleet;
import dev.portolan.testing.TestImages;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real hosts in two regions. */
class VirtualHostsIT {
    private static final String WEB = "web";
    private static final int PORT = 8080;

    @TempDir
    private Path folder;

    private TestFleet fleet;
    private VirtualHost dublin;
    private VirtualHost other;
    private VirtualHost sydney;

    @BeforeEach
    void start() {
        fleet = TestFleet.shared();
        dublin = fleet.host("dublin-1");
        other = fleet.host("dublin-2");
        sydney = fleet.host("sydney-1");
    }

    @Test
    void deployMayUseTheEngineAndRootIsRoot() throws IOException {
        for (VirtualHost host : fleet.hosts().hosts()) {
            try (HostConnection deploy = fleet.hosts().connect(host, "deploy");
                    HostConnection root = fleet.hosts().connect(host, "root");
                    ContainerEngine engine = fleet.open(deploy)) {
                assertThat(deploy.files().owner().user()).isEqualTo(1000);
                assertThat(root.files().owner().user()).isEqualTo(0);
                assertThat(engine.info().id())
                        .as("an engine of its own")
                        .isNotEqualTo(fleet.outer().info().id());
            }
        }
    }

    @Test
    void theProxysImageIsTheSameOnEveryHost() throws Exception {
        String image = fleet.loadHaproxy();
        Optional<String> digest = fleet.outer().imageDigest(image);
        assertThat(digest).isPresent();
        for (VirtualHost host : fleet.hosts().hosts()) {
            try (HostConnection connection = fleet.hosts().connect(host, "deploy");
                    ContainerEngine engine = fleet.open(connection)) {
                assertThat(engine.imageDigest(image)).isEqualTo(digest);
            }
        }
        assertThat(fleet.shell().run(sydney, "docker run --rm --network none " + image + " haproxy -v"))
                .startsWith("HAProxy version");
    }

    @Test
    void whatAHostRunsAnswersAndComesBackAfterAPowerCutAndAReboot() throws Exception {
        serve(dublin, "hello");
        awaitPage(dublin, "hello");

        fleet.power().cut(dublin);
        assertThat(reaches(dublin, 22)).isFalse();
        fleet.power().restore(dublin);
        awaitPage(dublin, "hello");

        fleet.power().reboot(dublin);
        awaitPage(dublin, "hello");
        stopServing(dublin);
    }

    @Test
    void aPartitionCutsExactlyWhatItShould() {
        try (Fault cut = fleet.wires().between(dublin, other)) {
            assertThat(hears(dublin, other)).isFalse();
            assertThat(hears(other, dublin)).isFalse();
            assertThat(hears(dublin, sydney)).isTrue();
            assertThat(reaches(dublin, 22)).isTrue();
            assertThat(cut).isNotNull();
        }
        assertThat(hears(dublin, other)).isTrue();

        try (Fault cut = fleet.wires().fromHere(sydney)) {
            assertThat(reaches(sydney, 22)).isFalse();
            assertThat(reaches(dublin, 22)).isTrue();
            assertThat(hears(dublin, sydney)).isTrue();
            assertThat(cut).isNotNull();
        }
        assertThat(reaches(sydney, 22)).isTrue();

        try (Fault cut = fleet.wires().unplug(sydney)) {
            assertThat(reaches(sydney, 22)).isFalse();
            assertThat(hears(dublin, sydney)).isFalse();
            assertThat(cut).isNotNull();
        }
        assertThat(reaches(sydney, 22)).isTrue();
    }

    @Test
    void packetsTakeLongerBothWays() throws Exception {
        try (Fault slow = fleet.wires().latency(sydney, Duration.ofMillis(50))) {
            long began = System.nanoTime();
            assertThat(connects(sydney, 22, 5000)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
            assertThat(slow).isNotNull();
        }
        assertThat(reaches(sydney, 22)).isTrue();
    }

    @Test
    void aFleetTakesWhatAKilledOneHasLeftAndLeavesNothingItself() {
        ContainerEngine outer = fleet.outer();
        Set<String> networks = outer.networks().keySet();
        List<String> volumes = outer.volumes(Map.of());
        String container = "portolan-hosts-small-oslo-1";

        startSmall(); // and nobody closes it
        String first = outer.container(container).orElseThrow().id();
        VirtualHosts second = startSmall();
        assertThat(outer.container(first)).isEmpty();
        VirtualHost oslo = second.hosts().getFirst();
        assertThat(oslo.address()).as("apart from the other fleet").doesNotStartWith(prefix(dublin));
        Path keys = second.sshConfig().resolveSibling("key");
        assertThat(keys).exists();
        second.close();

        assertThat(outer.container(container)).isEmpty();
        assertThat(outer.networks().keySet()).isEqualTo(networks);
        assertThat(outer.volumes(Map.of())).isEqualTo(volumes);
        assertThat(keys).doesNotExist();
        assertThat(reaches(dublin, 22)).as("the other fleet is untouched").isTrue();
    }

    @Test
    void aContainerWithoutTheRightsOfAHostSaysWhatItLacks() {
        ContainerEngine outer = fleet.outer();
        String image = new HostImage(outer, new LocalMachine(), folder).ensure(line -> {});
        String id = outer.create(
                "no-rights",
                SpecBuilder.of(image, "/usr/local/sbin/first-process").build(),
                Map.of(),
                Optional.empty(),
                List.of());
        try {
            outer.start(id);
            assertThat(outer.await(id)).isEqualTo(70);
            List<String> said = new ArrayList<>();
            outer.logs(id, false, -1, line -> said.add(line.text()));
            assertThat(said.getLast()).startsWith("portolan: /sys cannot be made writable");
        } finally {
            outer.remove(id);
        }
    }

    private VirtualHosts startSmall() {
        return fleet.another("small", Map.of("oslo", 1));
    }

    private static String prefix(VirtualHost host) {
        return host.address().substring(0, host.address().indexOf('.', 3) + 1);
    }

    private void serve(VirtualHost host, String text) {
        TestImages.busybox(fleet.outer());
        fleet.load(TestImages.BUSYBOX);
        try (HostConnection connection = fleet.hosts().connect(host, "deploy");
                ContainerEngine engine = fleet.open(connection)) {
            engine.ensureNetwork(
                    new NetworkSpec("app", Optional.empty(), false, false, Map.of(), Map.of()),
                    "10.213.0.0/23",
                    "10.213.1.0/24",
                    Map.of());
            engine.create(
                    WEB,
                    SpecBuilder.of(TestImages.BUSYBOX)
                            .shell("mkdir -p /tmp/www && echo " + text
                                    + " >/tmp/www/index.html && exec httpd -f -p 8080 -h /tmp/www")
                            .network("app")
                            .publish(new PublishedPort("", PORT, PORT, "tcp"))
                            .build(),
                    Map.of(),
                    Optional.empty(),
                    List.of());
            engine.start(WEB);
            engine.updateRestart(WEB, RestartPolicy.ALWAYS);
        }
    }

    private void stopServing(VirtualHost host) {
        try (HostConnection connection = fleet.hosts().connect(host, "deploy");
                ContainerEngine engine = fleet.open(connection)) {
            engine.remove(WEB);
            engine.removeNetwork("app");
        }
    }

    /** Whether one host gets an answer from the SSH server of another. */
    private boolean hears(VirtualHost from, VirtualHost to) {
        return fleet.shell()
                        .attempt(from, "timeout 1 bash -c '</dev/tcp/" + to.address() + "/22'")
                        .exitCode()
                == 0;
    }

    private static boolean reaches(VirtualHost host, int port) {
        return connects(host, port, 1000);
    }

    private static boolean connects(VirtualHost host, int port, int milliseconds) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.address(), port), milliseconds);
            return true;
        } catch (IOException silent) {
            return false;
        }
    }

    private void awaitPage(VirtualHost host, String text) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String page = page(host);
        while (!page.equals(text) && System.nanoTime() < end) {
            Thread.sleep(100);
            page = page(host);
        }
        assertThat(page)
                .as(() -> fleet.shell()
                        .attempt(host, "docker ps --all; docker logs " + WEB)
                        .output())
                .isEqualTo(text);
    }

    private static String page(VirtualHost host) {
        try {
            var connection = URI.create("http://" + host.address() + ":" + PORT + "/")
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            try (var body = connection.getInputStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
        } catch (IOException silent) {
            return "";
        }
    }
}
