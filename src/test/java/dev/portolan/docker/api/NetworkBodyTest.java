package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.NetworkDesign;
import dev.portolan.model.NetworkDesign.Pool;
import dev.portolan.model.NetworkSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkBodyTest {
    private static NetworkSpec network(Optional<String> subnet, NetworkDesign design) {
        return new NetworkSpec("n", subnet, false, false, Map.of(), Map.of(), Optional.of(design));
    }

    @Test
    void aNetworkThatSaysNothingIsABridgeWithThePlansAddresses() {
        var network = new NetworkSpec("n", Optional.empty(), true, false, Map.of(), Map.of());

        assertThat(NetworkBody.of(network, "10.213.0.0/23", "10.213.1.0/24"))
                .hasToString("{\"Name\":\"n\",\"CheckDuplicate\":true,\"Driver\":\"bridge\",\"Internal\":true,"
                        + "\"Attachable\":false,\"IPAM\":{\"Driver\":\"default\",\"Config\":[{\"Subnet\":\"10.213.0.0/23\","
                        + "\"IPRange\":\"10.213.1.0/24\",\"Gateway\":\"10.213.0.1\"}]}}");
    }

    @Test
    void whatTheAppSaysOfItsSubnetsIsKept() {
        var design = new NetworkDesign(
                "",
                true,
                Optional.empty(),
                Optional.of(true),
                "",
                List.of(
                        new Pool("10.9.0.0/24", "", "10.9.0.9", Map.of("nas", "10.9.0.3")),
                        new Pool("fd00::/64", "", "", Map.of())));

        var body = NetworkBody.of(network(Optional.of("10.9.0.0/24"), design), "10.9.0.0/24", "10.9.0.128/25");
        assertThat(body.path("Attachable").asBoolean()).isTrue();
        assertThat(body.path("EnableIPv6").asBoolean()).isTrue();
        assertThat(body.has("EnableIPv4")).isFalse();
        assertThat(body.path("IPAM").path("Config"))
                .hasToString("[{\"Subnet\":\"10.9.0.0/24\",\"IPRange\":\"10.9.0.128/25\",\"Gateway\":\"10.9.0.9\","
                        + "\"AuxiliaryAddresses\":{\"nas\":\"10.9.0.3\"}},{\"Subnet\":\"fd00::/64\"}]");
    }

    @Test
    void aNetworkOfAnotherDriverHasOnlyWhatTheAppSays() {
        var design = new NetworkDesign("macvlan", false, Optional.empty(), Optional.empty(), "", List.of());

        assertThat(NetworkBody.of(network(Optional.of("192.168.1.0/24"), design), "", "")
                        .path("IPAM")
                        .path("Config"))
                .hasToString("[{\"Subnet\":\"192.168.1.0/24\"}]");
        assertThat(NetworkBody.of(network(Optional.empty(), design), "", "").has("IPAM"))
                .isFalse();
    }
}
