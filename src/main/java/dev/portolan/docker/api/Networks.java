package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.VolumeSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Networks and volumes. */
final class Networks {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final EngineCalls calls;

    Networks(EngineCalls calls) {
        this.calls = calls;
    }

    Map<String, String> subnets() {
        JsonNode networks = calls.doing("list the networks", () -> calls.read(Query.path("networks")));
        var subnets = new TreeMap<String, String>();
        for (JsonNode network : networks) {
            subnets.put(network.path("Name").asText(), subnet(network));
        }
        return subnets;
    }

    private static String subnet(JsonNode network) {
        for (JsonNode range : network.path("IPAM").path("Config")) {
            String subnet = range.path("Subnet").asText();
            if (!subnet.isEmpty() && subnet.indexOf(':') < 0) {
                return subnet;
            }
        }
        return "";
    }

    /** Containers that do not run keep their fixed addresses, and the network itself does not know of them. */
    List<String> addressesOn(String name) {
        var addresses = new TreeSet<String>();
        Optional<JsonNode> network =
                calls.finding("look at the network " + name, () -> calls.read(Query.path("networks", name)));
        if (network.isEmpty()) {
            return List.of();
        }
        for (JsonNode range : network.get().path("IPAM").path("Config")) {
            addIfPresent(addresses, range.path("Gateway").asText());
            range.path("AuxiliaryAddresses").forEach(address -> addIfPresent(addresses, address.asText()));
        }
        network.get()
                .path("Containers")
                .forEach(member ->
                        addIfPresent(addresses, member.path("IPv4Address").asText()));
        ObjectNode filter = NODES.objectNode();
        filter.putArray("network").add(name);
        Query members = Query.path("containers", "json").with("all", true).with("filters", filter.toString());
        for (JsonNode member : calls.doing("list the containers on " + name, () -> calls.read(members))) {
            JsonNode endpoint = member.path("NetworkSettings").path("Networks").path(name);
            addIfPresent(addresses, endpoint.path("IPAddress").asText());
            addIfPresent(
                    addresses, endpoint.path("IPAMConfig").path("IPv4Address").asText());
        }
        return List.copyOf(addresses);
    }

    private static void addIfPresent(Set<String> addresses, String address) {
        int slash = address.indexOf('/');
        String bare = slash < 0 ? address : address.substring(0, slash);
        if (!bare.isEmpty() && bare.indexOf(':') < 0) {
            addresses.add(bare);
        }
    }

    void ensure(NetworkSpec network, String subnet, String dynamicRange, Map<String, String> labels) {
        calls.doing("create the network " + network.name(), () -> {
            Optional<JsonNode> existing = existing(network.name());
            if (existing.isEmpty() && network.external()) {
                throw new RefusedException(404, "it is `external` and the host has no such network");
            }
            if (existing.isEmpty()) {
                existing = createUnlessSomebodyElseDoes(network, subnet, dynamicRange, labels);
            }
            if (existing.isPresent()
                    && !network.external()
                    && !subnet.isEmpty()
                    && !subnet(existing.get()).equals(subnet)) {
                throw new RefusedException(
                        409,
                        "it exists already, with the subnet %s where %s was expected"
                                .formatted(subnet(existing.get()), subnet));
            }
            return network;
        });
    }

    private Optional<JsonNode> existing(String name) throws IOException {
        try {
            return Optional.of(calls.read(Query.path("networks", name)));
        } catch (RefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What somebody else has made; empty when this call made it. */
    private Optional<JsonNode> createUnlessSomebodyElseDoes(
            NetworkSpec network, String subnet, String dynamicRange, Map<String, String> labels) throws IOException {
        ObjectNode body = NetworkBody.of(network, subnet, dynamicRange);
        ContainerBody.strings(body.putObject("Options"), network.driverOptions());
        var all = new TreeMap<>(network.labels());
        all.putAll(labels);
        ContainerBody.strings(body.putObject("Labels"), all);
        try {
            calls.postNewest(Query.path("networks", "create"), body);
            return Optional.empty();
        } catch (RefusedException e) {
            if (e.status() != 409) {
                throw e;
            }
            return existing(network.name());
        }
    }

    void remove(String name) {
        calls.finding("remove the network " + name, () -> {
            calls.delete(Query.path("networks", name));
            return name;
        });
    }

    List<String> volumes(Map<String, String> labels) {
        JsonNode answer = calls.doing(
                "list the volumes", () -> calls.read(Query.path("volumes").withLabels(labels)));
        var names = new ArrayList<String>();
        answer.path("Volumes").forEach(volume -> names.add(volume.path("Name").asText()));
        return names.stream().sorted().toList();
    }

    void ensure(VolumeSpec volume, Map<String, String> labels) {
        calls.doing("create the volume " + volume.name(), () -> {
            if (volume.external()) {
                return calls.read(Query.path("volumes", volume.name()));
            }
            ObjectNode body = NODES.objectNode().put("Name", volume.name()).put("Driver", volume.driver());
            ContainerBody.strings(body.putObject("DriverOpts"), volume.driverOptions());
            var all = new TreeMap<>(volume.labels());
            all.putAll(labels);
            ContainerBody.strings(body.putObject("Labels"), all);
            return calls.post(Query.path("volumes", "create"), body);
        });
    }

    void removeVolume(String name) {
        calls.finding("remove the volume " + name, () -> {
            calls.delete(Query.path("volumes", name));
            return name;
        });
    }
}
