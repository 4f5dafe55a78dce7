package dev.portolan.demo.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.UserError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HostNetworkTest {

    @Test
    void addressesAreThoseThatTheMachineHasNoUseFor() {
        assertThat(HostNetwork.free("demo", List.of("172.17.0.0/16", "10.220.0.0/16", "")))
                .isEqualTo(new HostNetwork("portolan-hosts-demo", "10.221"));
        assertThat(HostNetwork.free("demo", List.of("10.221.5.0/24", "10.222.0.0/15", "10.224.0.1/32"))
                        .subnet())
                .isEqualTo("10.225.0.0/16");
    }

    @Test
    void aMachineWithRoutesToAllOfThemIsToldSo() {
        assertThatThrownBy(() -> HostNetwork.free("demo", List.of("10.0.0.0/8")))
                .isInstanceOfSatisfying(UserError.class, told -> {
                    assertThat(told.message()).contains("10.221.0.0 to 10.239.255.255");
                    assertThat(told.remedy()).contains("VPN");
                });
    }

    @Test
    void eachRegionHasAddressesOfItsOwn() {
        assertThat(VirtualHost.of("demo", new TreeMap<>(Map.of("sydney", 1, "dublin", 2)), "10.221"))
                .containsExactly(
                        new VirtualHost("demo", "dublin-1", "dublin", "10.221.1.10"),
                        new VirtualHost("demo", "dublin-2", "dublin", "10.221.1.11"),
                        new VirtualHost("demo", "sydney-1", "sydney", "10.221.2.10"));
    }
}
