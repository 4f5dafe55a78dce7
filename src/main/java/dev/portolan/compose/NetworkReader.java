package dev.portolan.compose;

import dev.portolan.model.NetworkDesign;
import dev.portolan.model.NetworkDesign.Pool;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chapter "Networks": an entry of the top-level {@code networks}. */
final class NetworkReader {
    private static final NetworkDesign NOTHING_SAID =
            new NetworkDesign("", false, Optional.empty(), Optional.empty(), "", List.of());

    private NetworkReader() {}

    static ComposeNetwork read(String key, Section network, String project) {
        List<Pool> pools = network.section("ipam")
                .map(ipam -> ipam.sections("config").stream()
                        .map(NetworkReader::pool)
                        .toList())
                .orElse(List.of());
        Optional<String> subnet = pools.stream()
                .map(Pool::subnet)
                .filter(found -> !found.isEmpty() && !found.contains(":"))
                .findFirst();
        return new ComposeNetwork(
                key,
                network.text("name").filter(name -> !name.equals(project + "_" + key)),
                network.truth("external", false),
                network.truth("internal", false),
                subnet,
                network.options("driver_opts"),
                network.options("labels"),
                design(network, pools, subnet),
                network.location());
    }

    private static Optional<NetworkDesign> design(Section network, List<Pool> pools, Optional<String> subnet) {
        List<Pool> plain =
                subnet.map(only -> List.of(new Pool(only, "", "", Map.of()))).orElse(List.of());
        NetworkDesign design = new NetworkDesign(
                network.text("driver")
                        .filter(driver -> !driver.equals("bridge"))
                        .orElse(""),
                network.truth("attachable", false),
                network.text("enable_ipv4").map(Boolean::parseBoolean),
                network.text("enable_ipv6").map(Boolean::parseBoolean),
                network.section("ipam")
                        .flatMap(ipam -> ipam.text("driver"))
                        .filter(driver -> !driver.equals("default"))
                        .orElse(""),
                pools.equals(plain) ? List.of() : pools);
        return Optional.of(design).filter(said -> !said.equals(NOTHING_SAID));
    }

    private static Pool pool(Section pool) {
        return new Pool(
                pool.parsed("subnet", NetworkReader::subnet).orElse(""),
                pool.parsed("ip_range", NetworkReader::subnet).orElse(""),
                pool.parsed("gateway", NetworkReader::address).orElse(""),
                pool.options("aux_addresses"));
    }

    private static String address(String text) throws InvalidValue {
        if (!Addresses.isOne(text)) {
            throw new InvalidValue("\"" + text + "\" is no address", "write one such as 10.20.0.1");
        }
        return text;
    }

    private static String subnet(String text) throws InvalidValue {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String prefix = slash < 0 ? "" : text.substring(slash + 1);
        if (!Addresses.isOne(address) || !prefix.matches("[0-9]{1,3}")) {
            throw new InvalidValue(
                    "\"" + text + "\" is no subnet", "write an address with a prefix, such as 10.20.0.0/24");
        }
        return text;
    }
}
