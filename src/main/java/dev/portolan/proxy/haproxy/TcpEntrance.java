package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.Section;
import dev.portolan.haproxy.Words;
import java.util.ArrayList;
import java.util.List;

/** Where the connections of a route arrive. */
final class TcpEntrance {

    private TcpEntrance() {}

    /**
     * The frontend.
     *
     * @param backends at least one; two while a port goes from one service to another: the later one serves until the earlier
     *     has a server
     */
    static Section section(String bind, List<Backend> backends) {
        List<String> lines = new ArrayList<>(List.of("bind " + Words.name(bind)));
        backends.subList(0, backends.size() - 1)
                .forEach(backend ->
                        backend.ready().forEach(ready -> lines.add("use_backend " + backend.name() + " if " + ready)));
        lines.add("default_backend " + backends.getLast().name());
        return new Section("frontend at_" + bind, lines);
    }
}
