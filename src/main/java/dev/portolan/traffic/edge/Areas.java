package dev.portolan.traffic.edge;

import dev.portolan.haproxy.Words;
import dev.portolan.model.Pools.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Where in the world a reader is, by the address it comes from. */
final class Areas {
    private static final int FIRST = 10;

    private Areas() {}

    /**
     * The lines of a frontend that send each reader to the backend of the nearest region.
     *
     * @param backend name of the one for the readers of a region's area
     */
    static List<String> of(StoredEdge edge, Function<Pool, String> backend) {
        List<String> lines = new ArrayList<>();
        for (int index = 0; index < edge.pools().size(); index++) {
            lines.add("use_backend " + Words.name(backend.apply(edge.pools().get(index))) + " if { src 127."
                    + (FIRST + index) + ".0.0/16 }");
        }
        lines.add("default_backend " + Words.name(backend.apply(edge.home())));
        return lines;
    }
}
