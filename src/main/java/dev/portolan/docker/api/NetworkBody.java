package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.model.NetworkDesign;
import dev.portolan.model.NetworkDesign.Pool;
import dev.portolan.model.NetworkSpec;
import java.util.List;
import java.util.Map;

/** A network in the words of {@code POST /networks/create}. */
final class NetworkBody {

    private NetworkBody() {}

    /**
     * @param subnet of the plan; empty to take only what the network says itself
     * @param dynamicRange of the plan
     */
    static ObjectNode of(NetworkSpec network, String subnet, String dynamicRange) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("Name", network.name())
                .put("CheckDuplicate", true)
                .put(
                        "Driver",
                        network.design()
                                .map(NetworkDesign::driver)
                                .filter(driver -> !driver.isEmpty())
                                .orElse("bridge"))
                .put("Internal", network.internal())
                .put(
                        "Attachable",
                        network.design().map(NetworkDesign::attachable).orElse(false));
        network.design().flatMap(NetworkDesign::ipv4).ifPresent(wanted -> body.put("EnableIPv4", wanted));
        network.design().flatMap(NetworkDesign::ipv6).ifPresent(wanted -> body.put("EnableIPv6", wanted));
        addresses(body, network, subnet, dynamicRange);
        return body;
    }

    private static void addresses(ObjectNode body, NetworkSpec network, String subnet, String dynamicRange) {
        List<Pool> asked = network.design().map(NetworkDesign::pools).orElse(List.of());
        String driver = network.design().map(NetworkDesign::addressDriver).orElse("");
        if (subnet.isEmpty()
                && asked.isEmpty()
                && driver.isEmpty()
                && network.subnet().isEmpty()) {
            return;
        }
        ArrayNode pools = body.putObject("IPAM")
                .put("Driver", driver.isEmpty() ? "default" : driver)
                .putArray("Config");
        if (!subnet.isEmpty()) {
            // Without a gateway the engine takes the first address of the range, which moves when the range does.
            String gateway = network.pool()
                    .map(Pool::gateway)
                    .filter(given -> !given.isEmpty())
                    .orElseGet(() -> firstAddress(subnet));
            Map<String, String> others = network.pool().map(Pool::others).orElse(Map.of());
            pool(pools, new Pool(subnet, dynamicRange, gateway, others));
        } else if (network.subnet().isPresent() && asked.isEmpty()) {
            pool(pools, new Pool(network.subnet().get(), "", "", Map.of()));
        }
        asked.stream()
                .filter(pool ->
                        subnet.isEmpty() || !network.pool().filter(pool::equals).isPresent())
                .forEach(pool -> pool(pools, pool));
    }

    private static void pool(ArrayNode pools, Pool pool) {
        ObjectNode addresses = pools.addObject();
        ContainerBody.text(addresses, "Subnet", pool.subnet());
        ContainerBody.text(addresses, "IPRange", pool.range());
        ContainerBody.text(addresses, "Gateway", pool.gateway());
        ContainerBody.texts(addresses, "AuxiliaryAddresses", pool.others());
    }

    private static String firstAddress(String subnet) {
        String[] parts = subnet.substring(0, subnet.indexOf('/')).split("\\.", -1);
        parts[3] = String.valueOf(Integer.parseInt(parts[3]) + 1);
        return String.join(".", parts);
    }
}
