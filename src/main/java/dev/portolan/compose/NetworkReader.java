package dev.portolan.compose;

import dev.portolan.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.Optional;

/** The chapter "Networks": an entry of the top-level {@code networks}. */
final class NetworkReader {

    private NetworkReader() {}

    static ComposeNetwork read(String key, Section network, String project) {
        boolean external = network.truth("external", false);
        if (!external) {
            onlyBridge(network);
        }
        return new ComposeNetwork(
                key,
                network.text("name").filter(name -> !name.equals(project + "_" + key)),
                external,
                network.truth("internal", false),
                subnet(network),
                network.options("driver_opts"),
                network.options("labels"),
                network.location());
    }

    private static void onlyBridge(Section network) {
        String driver = network.text("driver", "bridge");
        if (!driver.equals("bridge") && !driver.equals("default")) {
            network.problems()
                    .notYet(network.location("driver"), network.path().child("driver"), "the driver " + driver);
        }
        if (network.truth("enable_ipv6", false)) {
            network.problems()
                    .notYet(network.location("enable_ipv6"), network.path().child("enable_ipv6"), "IPv6 of a network");
        }
        if (!network.truth("enable_ipv4", true)) {
            network.problems()
                    .notYet(
                            network.location("enable_ipv4"),
                            network.path().child("enable_ipv4"),
                            "a network without IPv4");
        }
    }

    private static Optional<String> subnet(Section network) {
        Section ipam = network.section("ipam")
                .orElseGet(() -> new Section(
                        new Mapping(List.of(), network.location()),
                        network.path().child("ipam"),
                        network.problems()));
        String driver = ipam.text("driver", "default");
        if (!driver.equals("default")) {
            ipam.problems().notYet(ipam.location("driver"), ipam.path().child("driver"), "the driver " + driver);
        }
        List<Section> pools = ipam.sections("config");
        if (pools.size() > 1) {
            ipam.problems().notYet(pools.get(1).location(), pools.get(1).path(), "a network with several subnets");
        }
        return pools.isEmpty() ? Optional.empty() : pools.getFirst().parsed("subnet", NetworkReader::subnet);
    }

    private static String subnet(String text) throws InvalidValue {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String prefix = slash < 0 ? "" : text.substring(slash + 1);
        if (!Addresses.isOne(address) || !prefix.matches("[0-9]{1,3}")) {
            throw new InvalidValue(
                    "\"" + text + "\" is no subnet", "write an address with a prefix, such as 10.20.0.0/24");
        }
        if (address.contains(":")) {
            throw new InvalidValue(
                    "a subnet of IPv6 is known to Compose, not honoured by Portolan yet", "write one of IPv4");
        }
        return text;
    }
}
