package dev.portolan.host.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a host is to be reached, once {@code ~/.ssh/config} has had its say.
 *
 * @param address a name or an IP address
 * @param knownAs the name of the host in the files of known hosts, if not its address
 * @param identities files of private keys, in the order in which they are tried; some may not be there
 * @param certificates files of certificates for them
 * @param onlyThese whether keys of an agent that are in none of those files are left out
 * @param agent the agent's socket, if one is to be asked
 * @param jumps hosts to go through, the first one first, as they are written: {@code user@host:port}
 * @param knownHosts files, of which some may not be there; the first one takes new hosts
 */
record SshSettings(
        String user,
        String address,
        int port,
        Optional<String> knownAs,
        List<Path> identities,
        List<Path> certificates,
        boolean onlyThese,
        Optional<String> agent,
        List<String> jumps,
        List<Path> knownHosts) {
    private static final String NONE = "none";
    private static final int USUAL_PORT = 22;

    SshSettings {
        identities = List.copyOf(identities);
        certificates = List.copyOf(certificates);
        jumps = List.copyOf(jumps);
        knownHosts = List.copyOf(knownHosts);
    }

    /**
     * Reads what {@code ssh -G} prints: a key and its value a line, the key in small letters.
     *
     * @param home that {@code ~} stands for
     * @param agent the socket of {@code SSH_AUTH_SOCK}
     * @throws IllegalArgumentException when something that is there cannot be done here; the message says what
     */
    static SshSettings parse(String printed, Path home, Optional<String> agent) {
        Map<String, List<String>> values = new HashMap<>();
        printed.lines().forEach(line -> {
            int space = line.indexOf(' ');
            if (space > 0) {
                values.computeIfAbsent(line.substring(0, space), key -> new ArrayList<>())
                        .add(line.substring(space + 1).strip());
            }
        });
        Lookup lookup = new Lookup(values, home);
        Optional<String> proxyCommand = lookup.one("proxycommand");
        if (proxyCommand.isPresent()) {
            throw new IllegalArgumentException("ProxyCommand is not supported (" + proxyCommand.get() + ")");
        }
        return new SshSettings(
                lookup.one("user").orElseThrow(),
                lookup.one("hostname").orElseThrow(),
                Integer.parseInt(lookup.one("port").orElseThrow()),
                lookup.one("hostkeyalias"),
                lookup.paths("identityfile"),
                lookup.paths("certificatefile"),
                lookup.one("identitiesonly").equals(Optional.of("yes")),
                lookup.one("identityagent")
                        .map(chosen -> chosen.equals("SSH_AUTH_SOCK")
                                ? agent
                                : Optional.of(lookup.path(chosen).toString()))
                        .orElse(values.containsKey("identityagent") ? Optional.empty() : agent),
                lookup.one("proxyjump").map(jumps -> List.of(jumps.split(","))).orElse(List.of()),
                lookup.words("userknownhostsfile", "globalknownhostsfile"));
    }

    /** Where its key is looked up, and under what name in messages: with the port where that is not the usual one. */
    String name() {
        String host = knownName();
        return knownPort() == USUAL_PORT ? host : "[" + host + "]:" + port;
    }

    /** Under which its key is looked up, with {@link #knownPort}. */
    String knownName() {
        return knownAs.orElse(address);
    }

    /** A name that stands for a host has no port. */
    int knownPort() {
        return knownAs.isPresent() ? USUAL_PORT : port;
    }

    private record Lookup(Map<String, List<String>> values, Path home) {

        Optional<String> one(String key) {
            return values.getOrDefault(key, List.of()).stream()
                    .findFirst()
                    .filter(value -> !value.isEmpty() && !value.equals(NONE));
        }

        List<Path> paths(String key) {
            return values.getOrDefault(key, List.of()).stream()
                    .filter(value -> !value.equals(NONE))
                    .map(this::path)
                    .toList();
        }

        List<Path> words(String... keys) {
            List<Path> paths = new ArrayList<>();
            for (String key : keys) {
                one(key).ifPresent(files -> {
                    for (String file : files.split(" +", -1)) {
                        paths.add(path(file));
                    }
                });
            }
            return paths;
        }

        Path path(String written) {
            return written.startsWith("~/") ? home.resolve(written.substring(2)) : Path.of(written);
        }
    }
}
