package dev.portolan.haproxy;

import dev.portolan.host.HostPorts;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The addresses and ports on which HAProxy listens by a configuration; not its sockets of other kinds. */
record Binds(List<String> all) {
    private static final Pattern LINE = Pattern.compile("(?m)^ +bind ([0-9.]*:[0-9]+)$");

    Binds {
        all = List.copyOf(all);
    }

    /** @param configuration as Portolan writes it */
    static Binds of(String configuration) {
        return new Binds(LINE.matcher(configuration)
                .results()
                .map((MatchResult line) -> line.group(1))
                .toList());
    }

    /** Those on which somebody else listens. */
    List<String> taken(HostPorts ports, Optional<Binds> own) {
        return ports.taken(all.stream()
                .filter(bind -> own.filter(known -> known.all().contains(bind)).isEmpty())
                .toList());
    }
}
