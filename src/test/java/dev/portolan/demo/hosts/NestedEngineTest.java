package dev.portolan.demo.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.setup.FakeMachine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NestedEngineTest {
    private final FakeMachine machine = new FakeMachine();

    @Test
    void itAsksTheResolversOfTheMachineThatOthersReachToo() {
        machine.files.put(
                Path.of("/etc/resolv.conf"),
                List.of("search example.org", "nameserver 192.0.2.53", "nameserver fe80::1", "nameserver  192.0.2.54"));
        assertThat(NestedEngine.configuration(machine))
                .isEqualTo("{\"mtu\": 1400, \"dns\": [\"192.0.2.53\", \"192.0.2.54\"]}\n");
    }

    @Test
    void aResolverOnTheMachinesLoopbackIsPassedOverForThoseThatItAsks() {
        machine.files.put(Path.of("/etc/resolv.conf"), List.of("nameserver 127.0.0.53"));
        assertThat(NestedEngine.configuration(machine)).isEqualTo("{\"mtu\": 1400}\n");

        machine.files.put(Path.of("/run/systemd/resolve/resolv.conf"), List.of("nameserver 192.0.2.1"));
        assertThat(NestedEngine.configuration(machine)).isEqualTo("{\"mtu\": 1400, \"dns\": [\"192.0.2.1\"]}\n");
    }

    @Test
    void itTrustsWhomTheMachineTrusts() {
        assertThat(NestedEngine.certificates(machine)).isEmpty();
        Path bundle = Path.of("/etc/pki/tls/certs/ca-bundle.crt");
        machine.files.put(bundle, List.of("-----BEGIN CERTIFICATE-----"));
        assertThat(NestedEngine.certificates(machine)).contains(bundle);
    }
}
