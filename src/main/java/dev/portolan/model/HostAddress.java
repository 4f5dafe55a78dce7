package dev.portolan.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a host is reached. */
public sealed interface HostAddress {

    /** This machine's own engine. Several regions may share it. */
    record Local() implements HostAddress {}

    /**
     * Over SSH. What is empty is the business of each person's {@code ~/.ssh/config}.
     *
     * @param address a name, an IP address without brackets, or a {@code Host} of that file
     * @param port 1 to 65535
     * @param via a host to go through, or several one after the other, written as for {@code ssh -J}
     */
    record Ssh(Optional<String> user, String address, Optional<Integer> port, Optional<String> via)
            implements HostAddress {
        private static final String USER = "[^\\s@/:,-][^\\s/:,]*";

        private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*";
        /** An IPv6 address: with brackets when a port follows. */
        private static final String NUMBERS = "[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

        private static final Pattern WRITTEN = Pattern.compile("(?:(?<user>" + USER + ")@)?"
                + "(?:(?<name>" + NAME + ")|\\[(?<inside>" + NUMBERS + ")]|(?<bare>" + NUMBERS + "(?!.)))"
                + "(?::(?<port>[1-9][0-9]{0,4}))?");
        private static final int HIGHEST_PORT = 65535;

        public Ssh {
            if (address.isEmpty() || address.startsWith("-")) {
                throw new IllegalArgumentException("no address of a host: \"" + address + "\"");
            }
        }

        /** Reads {@code user@address:port}, where only the address must be; empty when it is something else. */
        public static Optional<Ssh> parse(String written) {
            Matcher parts = WRITTEN.matcher(written);
            if (!parts.matches()) {
                return Optional.empty();
            }
            Optional<Integer> port = Optional.ofNullable(parts.group("port")).map(Integer::valueOf);
            if (port.filter(number -> number > HIGHEST_PORT).isPresent()) {
                return Optional.empty();
            }
            String address = Optional.ofNullable(parts.group("name"))
                    .or(() -> Optional.ofNullable(parts.group("inside")))
                    .orElseGet(() -> parts.group("bare"));
            return Optional.of(new Ssh(Optional.ofNullable(parts.group("user")), address, port, Optional.empty()));
        }

        /** As a person writes it, without the way to it. */
        public String text() {
            return user.map(name -> name + "@").orElse("") + port.map(this::at).orElse(address);
        }

        /** The words that run a command there, without the command. */
        public String commandLine() {
            List<String> words = new ArrayList<>(List.of("ssh"));
            port.ifPresent(number -> words.addAll(List.of("-p", number.toString())));
            via.ifPresent(host -> words.addAll(List.of("-J", host)));
            words.add(user.map(name -> name + "@").orElse("") + address);
            return String.join(" ", words);
        }

        /** {@code address:port} for any port there; an IPv6 address stands in brackets. */
        public String at(int anyPort) {
            return (address.contains(":") ? "[" + address + "]" : address) + ":" + anyPort;
        }
    }
}
