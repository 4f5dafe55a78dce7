package dev.portolan.traffic.edge;

import dev.portolan.model.Pools.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** In which order a reader's requests try the regions. */
final class Preference {
    /** So that a request that fails wherever the new release is reaches the primary, which has it last, in time. */
    private static final int LATEST_PLACE_OF_PRIMARY = 2;

    private Preference() {}

    /** The nearest first; the primary, to which traffic falls back, is the third at the latest. */
    static List<Pool> from(Pool reader, List<Pool> pools, String primary) {
        List<Pool> order = new ArrayList<>(pools.stream()
                .sorted(Comparator.comparingDouble(
                        pool -> pool.equals(reader) ? -1 : reader.place().kilometresTo(pool.place())))
                .toList());
        for (int index = LATEST_PLACE_OF_PRIMARY + 1; index < order.size(); index++) {
            if (order.get(index).region().equals(primary)) {
                order.add(LATEST_PLACE_OF_PRIMARY, order.remove(index));
            }
        }
        return List.copyOf(order);
    }
}
