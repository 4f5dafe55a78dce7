package dev.portolan.rollout;

import dev.portolan.model.HostId;
import dev.portolan.proxy.HostProxy.Figures;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Counts the requests of a rollout from looks at the proxies' counters: what each server had at the last look beyond what it
 * had at the first. A server that was put in meanwhile starts from nothing. Safe for use by many threads.
 */
final class Tally {
    private final Map<Server, Figures> first = new HashMap<>();
    private final Map<Server, Figures> last = new HashMap<>();
    private boolean started;

    private record Server(HostId host, String service, String address) {}

    /** What was there before the rollout; called for each route before {@link #add}. */
    synchronized void start(HostId host, String service, Map<String, Figures> figures) {
        figures.forEach((address, figure) -> first.put(new Server(host, service, address), figure));
        started = true;
    }

    synchronized void add(HostId host, String service, Map<String, Figures> figures) {
        figures.forEach((address, figure) -> last.put(new Server(host, service, address), figure));
    }

    synchronized long requests() {
        return sum(Figures::requests);
    }

    synchronized long failures() {
        return sum(Figures::failures);
    }

    private long sum(ToLongFunction<Figures> counter) {
        if (!started) {
            return 0;
        }
        return last.entrySet().stream()
                .mapToLong(entry -> {
                    Figures before = first.get(entry.getKey());
                    long now = counter.applyAsLong(entry.getValue());
                    // a proxy that was restarted counts from nothing again, and so does a server that is put back in
                    // service
                    return before == null || now < counter.applyAsLong(before)
                            ? now
                            : now - counter.applyAsLong(before);
                })
                .sum();
    }
}
