package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.Haproxy;
import dev.portolan.haproxy.HaproxyException;
import dev.portolan.haproxy.Polling;
import dev.portolan.haproxy.RuntimeApi;
import dev.portolan.haproxy.ServerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One drain of some servers of the routes to a service. Workers that a reload has replaced may still have requests of theirs, too.
 *
 * @param backends which are those of the routes
 * @param addresses {@code ip:port}
 */
record Drain(Haproxy haproxy, Predicate<String> backends, Set<String> addresses) {
    private static final Duration END_LIMIT = Duration.ofSeconds(2);

    /** @return how many sessions were ended at the deadline */
    int run(Duration deadline) {
        haproxy.api()
                .change(of(servers())
                        .filter(Servers::inService)
                        .flatMap(slot -> Servers.drain(slot).stream())
                        .toList());
        int ended = 0;
        if (Polling.until(deadline, this::idle).isEmpty()) {
            List<Busy> busy = busy();
            ended = (int)
                    busy.stream().mapToLong(server -> server.status().current()).sum();
            busy.forEach(server -> server.worker()
                    .endSessions(server.status().backend(), server.status().server()));
            if (Polling.until(END_LIMIT, this::idle).isEmpty()) {
                throw new HaproxyException("HAProxy did not end the requests of " + addresses, "run the command again");
            }
        }
        haproxy.api()
                .change(of(servers())
                        .flatMap(slot -> Servers.clear(slot).stream())
                        .toList());
        return ended;
    }

    private Optional<Boolean> idle() {
        return busy().isEmpty() ? Optional.of(true) : Optional.empty();
    }

    private List<Busy> busy() {
        return Stream.concat(Stream.of(haproxy.api()), haproxy.formerWorkers().stream())
                .flatMap(worker -> snapshot(worker)
                        .map(now -> of(Servers.of(now, backends)))
                        .orElse(Stream.empty())
                        .filter(slot -> slot.current() > 0)
                        .map(slot -> new Busy(worker, slot)))
                .toList();
    }

    private static Optional<RuntimeApi.Snapshot> snapshot(RuntimeApi worker) {
        try {
            return Optional.of(worker.snapshot());
        } catch (HaproxyException.NotRunning e) {
            return Optional.empty(); // it had nothing left to do
        }
    }

    private Stream<ServerStatus> of(Servers servers) {
        return servers.slots().stream().filter(slot -> addresses.contains(slot.address()));
    }

    private Servers servers() {
        return Servers.of(haproxy.api().snapshot(), backends);
    }

    private record Busy(RuntimeApi worker, ServerStatus status) {}
}
