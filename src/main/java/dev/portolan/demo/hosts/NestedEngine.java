package dev.portolan.demo.hosts;

import dev.portolan.setup.Machine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the engine of a host reaches the world as this machine does. */
final class NestedEngine {
    private static final List<Path> RESOLVERS =
            List.of(Path.of("/etc/resolv.conf"), Path.of("/run/systemd/resolve/resolv.conf"));

    /** Where distributions have the certificates of the authorities that they trust. */
    private static final List<Path> CERTIFICATES = Stream.of(
                    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
            .map(Path::of)
            .toList();

    private NestedEngine() {}

    /** Those of this machine, which may trust more than the world does. */
    static Optional<Path> certificates(Machine machine) {
        return CERTIFICATES.stream()
                .filter(file -> !machine.tail(file, 1).isEmpty())
                .findFirst();
    }

    /** Its daemon.json. By itself it would not see the resolver, which in a container is the outer engine's, and ask Google. */
    static String configuration(Machine machine) {
        List<String> servers = RESOLVERS.stream()
                .map(file -> nameServers(machine.tail(file, Integer.MAX_VALUE)))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
        String dns = servers.isEmpty()
                ? ""
                : servers.stream().collect(Collectors.joining("\", \"", ", \"dns\": [\"", "\"]"));
        return "{\"mtu\": " + HostNetwork.MTU_BYTES + dns + "}\n";
    }

    /** Those that another host reaches, too. */
    private static List<String> nameServers(List<String> lines) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                .map(words -> words[1])
                .filter(address -> address.matches("[0-9.]+") && !address.startsWith("127."))
                .toList();
    }
}
