package dev.portolan.model;

import java.util.List;
import java.util.stream.Collectors;

/** What to say when somebody else listens where a proxy or the edge is to listen. */
public final class PortsTaken {

    private PortsTaken() {}

    /** @param binds addresses and ports, such as {@code 127.0.0.1:8081}, and perhaps what each is for */
    public static String message(List<String> binds) {
        return "another program listens on " + String.join(", ", binds);
    }

    /** @param binds addresses and ports */
    public static String remedy(List<String> binds) {
        String ports = binds.stream()
                .map(bind -> bind.substring(bind.lastIndexOf(':') + 1))
                .distinct()
                .map(port -> "ss -ltnp 'sport = :" + port + "', or docker ps --filter publish=" + port)
                .collect(Collectors.joining("; "));
        return "end it (see who it is with: " + ports
                + "), or choose another port under \"traffic\" or \"routes\" of portolan.yml";
    }
}
