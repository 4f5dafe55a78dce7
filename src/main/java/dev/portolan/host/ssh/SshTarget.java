package dev.portolan.host.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A host as it is written; the rest is the business of {@code ~/.ssh/config}.
 *
 * @param address a name, an IP address, or a {@code Host} of that file
 * @param port 1 to 65535
 * @param via a host to go through, written as for {@code ssh -J}
 */
public record SshTarget(Optional<String> user, String address, OptionalInt port, Optional<String> via) {

    public SshTarget {
        if (address.isEmpty() || address.startsWith("-")) {
            throw new IllegalArgumentException("no address of a host: \"" + address + "\"");
        }
    }

    /** Reads {@code user@host:port}, where only the host must be; an IPv6 address with a port stands in brackets. */
    static SshTarget parse(String written) {
        int at = written.lastIndexOf('@');
        String rest = written.substring(at + 1);
        int colon = rest.lastIndexOf(':');
        boolean hasPort = rest.startsWith("[") ? rest.contains("]:") : colon > 0 && rest.indexOf(':') == colon;
        String host = hasPort ? rest.substring(0, colon) : rest;
        return new SshTarget(
                at > 0 ? Optional.of(written.substring(0, at)) : Optional.empty(),
                host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host,
                hasPort ? OptionalInt.of(Integer.parseInt(rest.substring(colon + 1))) : OptionalInt.empty(),
                Optional.empty());
    }

    /**
     * What makes {@code ssh} print how it would reach the host, without doing so.
     *
     * @param config in place of {@code ~/.ssh/config}
     */
    List<String> question(Optional<String> config) {
        List<String> words = new ArrayList<>(List.of("ssh", "-G"));
        config.ifPresent(file -> words.addAll(List.of("-F", file)));
        user.ifPresent(name -> words.addAll(List.of("-l", name)));
        port.ifPresent(number -> words.addAll(List.of("-p", Integer.toString(number))));
        via.ifPresent(host -> words.addAll(List.of("-J", host)));
        words.addAll(List.of("--", address));
        return words;
    }

    @Override
    public String toString() {
        String host = address.contains(":") ? "[" + address + "]" : address;
        return user.map(name -> name + "@").orElse("") + host + (port.isPresent() ? ":" + port.getAsInt() : "");
    }
}
