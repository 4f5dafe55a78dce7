package dev.portolan.host.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRoutesTest {
    private static final String TABLE = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
            tun0\t0000D50A\t00000000\t0001\t0\t0\t0\t0000FCFF\t0\t0\t0
            tun0\t0108A8C0\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0
            docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
            """;

    @TempDir
    private Path folder;

    @Test
    void everyRouteButTheDefaultOneIsTold() throws IOException {
        assertThat(new LocalRoutes(Files.writeString(folder.resolve("route"), TABLE)).read())
                .containsExactlyInAnyOrder("10.213.0.0/14", "192.168.8.1/32", "172.17.0.0/16");
    }

    @Test
    void aMachineWithoutTheFileTellsNone() throws IOException {
        assertThat(new LocalRoutes(folder.resolve("missing")).read()).isEmpty();
    }

    @Test
    void thisMachineTellsItsOwn() throws IOException {
        assertThat(new LocalHost(folder, "/nonexistent/docker.sock").routes().read())
                .allMatch(route -> route.matches("\\d+(\\.\\d+){3}/\\d+"));
    }
}
