package dev.portolan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.cli.PortolanProcess.Ended;
import dev.portolan.demo.Ports;
import dev.portolan.demo.hosts.VirtualHost;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.host.HostConnection;
import dev.portolan.load.Load;
import dev.portolan.load.LoadReport;
import dev.portolan.load.LoadTable;
import dev.portolan.load.Rate;
import dev.portolan.load.Reader;
import dev.portolan.load.ReaderKind;
import dev.portolan.model.ExitCode;
import dev.portolan.testing.TestEngine;
import dev.portolan.testing.TestFleet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One app on three hosts in two regions, each reached over SSH: their images come from this machine, which has no registry. */
class OverSshIT {
    private static final String APP = "oversea";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private TestFleet fleet;

    @BeforeEach
    void anAppForHostsOverSsh() throws IOException {
        fleet = TestFleet.shared();
        TestEngine shared = TestEngine.shared();
        Files.createDirectories(folder.resolve(APP));
        try (HostConnection host = shared.host(folder.resolve("s"));
                ContainerEngine engine = shared.open(host)) {
            Files.writeString(folder.resolve(APP + "/compose.yaml"), PagesApp.compose(engine, 8080));
        }
        configure("sydney-1", "dublin-1, deploy@dublin-2", "");
        environment.put("DOCKER_HOST", "unix://" + shared.socket());
        environment.put("PORTOLAN_STATE", folder.resolve("s").toString());
        environment.put("PORTOLAN_SSH_CONFIG", fleet.hosts().sshConfig().toString());
        environment.put("VERSION", "v1");
    }

    private void configure(String sydney, String dublin, String more) throws IOException {
        Files.writeString(folder.resolve(APP + "/portolan.yml"), """
            app: %s
            primary: dublin
            regions:
              sydney: { hosts: [%s] }
              dublin: { hosts: [%s] }
            rollout: { monitor: 2s, keep: 1m }
            %s
            """.formatted(APP, sydney, dublin, more));
    }

    @AfterEach
    void takeItAway() throws IOException, InterruptedException {
        assertThat(portolan("down", "--volumes", "--yes").exit()).isEqualTo(ExitCode.DONE.status());
    }

    @Test
    void aReleaseReachesEveryHostAndGoesBackWithoutALostRequest() throws Exception {
        assertThat(good("trust").output())
                .contains("sydney-1 is known", "dublin-1 is known", "deploy@dublin-2 is known");
        assertThat(good("deploy").output()).contains("committed: ");
        for (VirtualHost host : fleet.hosts().hosts()) {
            assertThat(read(host)).isEqualTo(host.region() + " v1");
        }

        try (Load load = Load.start(fleet.hosts().hosts().stream()
                .flatMap(host -> readers(host).stream())
                .toList())) {
            environment.put("VERSION", "v2");
            assertThat(good("deploy").output()).contains("wave 1 of 2: sydney", "wave 2 of 2: dublin", "committed: ");
            for (VirtualHost host : fleet.hosts().hosts()) {
                assertThat(read(host)).isEqualTo(host.region() + " v2");
            }
            assertThat(good("rollback").output()).contains("committed: ");
            Thread.sleep(1000);

            LoadReport report = load.stop();
            assertThat(report.failed()).as(LoadTable.of(report, ZoneOffset.UTC)).isZero();
            assertThat(report.requests()).isGreaterThan(500);
        }
        for (VirtualHost host : fleet.hosts().hosts()) {
            assertThat(read(host)).isEqualTo(host.region() + " v1");
        }
        assertThat(good("status").output())
                .contains("sydney-1", "dublin-1", "dublin-2")
                .doesNotContain("!");
        assertThat(good("history").output().lines().filter(line -> line.contains(": committed in ")))
                .hasSize(3);
    }

    @Test
    void anEdgeOnThisMachineSendsReadersToTheHosts() throws Exception {
        int port = Ports.free(18_800, 3);
        configure(
                fleet.host("sydney-1").address(),
                fleet.host("dublin-1").address() + ", " + fleet.host("dublin-2").address(),
                "traffic: { provider: edge, port: " + port + " }");

        assertThat(good("deploy").output()).contains("committed: ");

        assertThat(good("probe", "http://127.0.0.1:" + port + "/", "--rate", "20/s", "--for", "2s")
                        .output())
                .containsPattern("keep-alive GET 20/s +40 +40 +0 +0 ");
        assertThat(good("status").output()).containsPattern("sydney +[0-9.]+ +served");
    }

    private static List<Reader> readers(VirtualHost host) {
        return List.of(
                Reader.of(host.name(), ReaderKind.KEEP_ALIVE, address(host), Rate.parse("10/s")),
                Reader.of(host.name(), ReaderKind.NEW_CONNECTION, address(host), Rate.parse("4/s")));
    }

    private static URI address(VirtualHost host) {
        return URI.create("http://" + host.address() + "/");
    }

    private static String read(VirtualHost host) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address(host)).build(), BodyHandlers.ofString())
                    .body()
                    .strip();
        }
    }

    private Ended good(String... line) throws IOException, InterruptedException {
        Ended ended = portolan(line);
        assertThat(ended.exit()).as(ended.output() + ended.error()).isEqualTo(ExitCode.DONE.status());
        return ended;
    }

    private Ended portolan(String... line) throws IOException, InterruptedException {
        return PortolanProcess.start(folder.resolve(APP), environment, List.of(line))
                .await();
    }
}
