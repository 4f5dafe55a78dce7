package dev.portolan.compose;

import dev.portolan.compose.ComposeService.Networking;
import dev.portolan.model.Naming;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** The networks, ports and names of a service. */
final class NetworkingReader {
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");
    private static final Pattern EXPOSED = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp|sctp))?");
    private static final Pattern PUBLISHED = Pattern.compile("[0-9]{0,5}|[0-9]{1,5}-[0-9]{1,5}");
    private static final int HIGHEST_PORT = 65535;

    private final Section service;
    private final Problems problems;

    private NetworkingReader(Section service) {
        this.service = service;
        this.problems = service.problems();
    }

    static Networking read(Section service) {
        NetworkingReader reader = new NetworkingReader(service);
        Optional<String> mode = reader.mode();
        return new Networking(
                mode,
                service.has("network_mode") ? Map.of() : reader.networks(),
                reader.ports(),
                reader.exposed(),
                service.text("hostname"),
                HostLines.read(service),
                service.texts("dns"),
                service.texts("links"),
                reader.naming(),
                service.has("network_mode") ? Optional.empty() : service.text("mac_address"));
    }

    private Optional<String> mode() {
        Optional<String> mode = service.text("network_mode");
        if (mode.isEmpty()) {
            return mode;
        }
        KeyPath path = service.path().child("network_mode");
        if (service.section("networks").isPresent()) {
            problems.error(
                    service.location("network_mode"),
                    path,
                    "network_mode and networks exclude each other",
                    "remove one of the two");
        }
        return mode;
    }

    private Map<String, ServiceNetwork> networks() {
        Map<String, ServiceNetwork> networks = new LinkedHashMap<>();
        service.named("networks")
                .forEach((name, network) -> networks.put(
                        name,
                        new ServiceNetwork(
                                network.texts("aliases"),
                                network.whole("priority", Long.MIN_VALUE, Long.MAX_VALUE)
                                        .orElse(0),
                                EndpointReader.read(network),
                                network.location())));
        if (networks.isEmpty()) {
            networks.put(
                    ComposeProject.DEFAULT_NETWORK,
                    new ServiceNetwork(List.of(), 0, Optional.empty(), service.location("networks")));
        }
        return networks;
    }

    private Optional<Naming> naming() {
        List<String> links = service.texts("external_links").stream()
                .map(link -> link.contains(":") ? link : link + ":" + link)
                .toList();
        Naming naming = new Naming(
                service.text("domainname", ""),
                service.texts("dns_search"),
                service.texts("dns_opt"),
                links,
                service.has("network_mode") ? service.text("mac_address", "") : "");
        return Optional.of(naming).filter(said -> !said.equals(new Naming("", List.of(), List.of(), List.of(), "")));
    }

    private List<ServicePort> ports() {
        List<ServicePort> ports = new ArrayList<>();
        for (Section port : service.sections("ports")) {
            if (!port.has("target")) {
                problems.error(port.location(), port.path(), "the target is missing", "add target: 80");
                continue;
            }
            OptionalLong target = port.whole("target", 1, HIGHEST_PORT);
            Optional<String> published = port.parsed("published", NetworkingReader::published);
            Optional<String> address = port.parsed("host_ip", NetworkingReader::address);
            Optional<String> protocol = port.parsed("protocol", NetworkingReader::protocol);
            if (target.isPresent()) {
                ports.add(new ServicePort(
                        (int) target.getAsLong(),
                        published.orElse(""),
                        address.orElse(""),
                        protocol.orElse("tcp"),
                        port.text("name"),
                        port.text("app_protocol"),
                        port.location()));
            }
        }
        return ports;
    }

    private static String published(String text) throws InvalidValue {
        if (!PUBLISHED.matcher(text).matches()) {
            throw new InvalidValue(
                    "\"" + text + "\" is no port of the host", "write a port or a range, such as 8000-8010");
        }
        for (String port : text.split("-", -1)) {
            if (!port.isEmpty() && Integer.parseInt(port) > HIGHEST_PORT) {
                throw new InvalidValue("\"" + text + "\" is no port of the host", "write a port from 1 to 65535");
            }
        }
        return text;
    }

    private static String address(String text) throws InvalidValue {
        if (!Addresses.isOne(text)) {
            throw new InvalidValue("\"" + text + "\" is no address", "write an IP address of the host");
        }
        return text;
    }

    private static String protocol(String text) throws InvalidValue {
        String protocol = text.toLowerCase(Locale.ROOT);
        if (!PROTOCOLS.contains(protocol)) {
            throw new InvalidValue("\"" + text + "\" is no protocol", "write tcp, udp or sctp");
        }
        return protocol;
    }

    private List<String> exposed() {
        List<String> exposed = new ArrayList<>();
        List<YamlNode> items = service.items("expose");
        for (int index = 0; index < items.size(); index++) {
            String text = Trees.text(items.get(index));
            if (items.get(index) instanceof Scalar && !EXPOSED.matcher(text).matches()) {
                problems.error(
                        items.get(index).location(),
                        service.path().child("expose").child(index),
                        "\"" + text + "\" is no port",
                        "write a port, such as 80 or 53/udp");
            }
            exposed.add(text);
        }
        return exposed;
    }
}
