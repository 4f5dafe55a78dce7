package dev.portolan.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The short syntax of {@code ports}: {@code [[address:]published:]target[/protocol]}, with ranges. */
final class PortSyntax {
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");
    private static final int HIGHEST = 65535;

    private PortSyntax() {}

    /**
     * @param published a port, a range, or empty
     * @param hostIp without brackets; empty for every address
     */
    record Port(int target, String published, String hostIp, String protocol) {}

    private record Range(int first, int last) {
        int size() {
            return last - first + 1;
        }
    }

    /**
     * The ports of a line, in the order in which Docker Compose has them: 10000 before 9999.
     *
     * @throws InvalidValue when it is no port
     */
    static List<Port> parse(String text) throws InvalidValue {
        Map<String, Port> sorted = new TreeMap<>();
        inOrderOfNumbers(text).forEach(port -> sorted.put(port.target() + "/" + port.protocol(), port));
        return List.copyOf(sorted.values());
    }

    private static List<Port> inOrderOfNumbers(String text) throws InvalidValue {
        List<String> parts = List.of(text.split(":", -1));
        String container = parts.getLast();
        String published = parts.size() > 1 ? parts.get(parts.size() - 2) : "";
        String address = parts.size() > 2 ? String.join(":", parts.subList(0, parts.size() - 2)) : "";
        int slash = container.indexOf('/');
        String protocol = slash < 0 ? "tcp" : container.substring(slash + 1).toLowerCase(Locale.ROOT);
        if (slash >= 0 && protocol.isEmpty()) {
            protocol = "tcp";
        }
        if (!PROTOCOLS.contains(protocol)) {
            throw new InvalidValue("\"" + protocol + "\" is no protocol", "write tcp, udp or sctp");
        }
        String hostIp = address(address, text);
        Range targets = range(slash < 0 ? container : container.substring(0, slash), text);
        List<Port> ports = new ArrayList<>();
        if (published.isEmpty()) {
            for (int port = targets.first(); port <= targets.last(); port++) {
                ports.add(new Port(port, "", hostIp, protocol));
            }
            return ports;
        }
        Range hosts = range(published, text);
        if (hosts.size() != targets.size() && targets.size() != 1) {
            throw new InvalidValue(
                    "\"" + text + "\" maps " + hosts.size() + " ports to " + targets.size(),
                    "write two ranges of the same length");
        }
        for (int index = 0; index < targets.size(); index++) {
            String host = targets.size() == 1 && hosts.size() > 1 ? published : String.valueOf(hosts.first() + index);
            ports.add(new Port(targets.first() + index, host, hostIp, protocol));
        }
        return ports;
    }

    private static Range range(String text, String whole) throws InvalidValue {
        Matcher matcher = RANGE.matcher(text);
        if (matcher.matches()) {
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (first <= last && last <= HIGHEST) {
                return new Range(first, last);
            }
        }
        throw invalid(whole);
    }

    private static String address(String text, String whole) throws InvalidValue {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!bare.isEmpty() && !Addresses.isOne(bare)) {
            throw invalid(whole);
        }
        return bare;
    }

    private static InvalidValue invalid(String text) {
        return new InvalidValue(
                "\"" + text + "\" is no port", "write target, published:target or address:published:target");
    }
}
