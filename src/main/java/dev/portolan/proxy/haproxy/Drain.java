package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.Asked;
import dev.portolan.haproxy.Haproxy;
import dev.portolan.haproxy.HaproxyException;
import dev.portolan.haproxy.Polling;
import dev.portolan.haproxy.ServerChange;
import dev.portolan.haproxy.ServerStatus;
import dev.portolan.haproxy.Snapshot;
import dev.portolan.haproxy.Worker;
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
        Look look = drained(look());
        int ended = 0;
        if (!look.idle()) {
            look = Polling.until(deadline, this::idle).orElseGet(this::look);
        }
        if (!look.idle()) {
            ended = (int) look.busy().stream()
                    .mapToLong(server -> server.status().current())
                    .sum();
            look.busy()
                    .forEach(server -> server.worker()
                            .endSessions(
                                    server.status().backend(), server.status().server()));
            look = Polling.until(END_LIMIT, this::idle)
                    .orElseThrow(() -> new HaproxyException(
                            "HAProxy did not end the requests of " + addresses, "run the command again"));
        }
        change(
                look,
                of(look.now()).flatMap(slot -> Servers.clear(slot).stream()).toList());
        return ended;
    }

    /** Once none of them gets requests. */
    private Look drained(Look look) {
        List<ServerChange> changes = of(look.now())
                .filter(Servers::inService)
                .flatMap(slot -> Servers.drain(slot).stream())
                .toList();
        if (changes.isEmpty()) {
            return look;
        }
        change(look, changes);
        return look();
    }

    private void change(Look look, List<ServerChange> changes) {
        if (!changes.isEmpty()) {
            haproxy.api().change(look.now().process(), changes);
        }
    }

    private Optional<Look> idle() {
        return Optional.of(look()).filter(Look::idle);
    }

    /** Asks the worker and, at the same time, those that a reload has replaced. */
    private Look look() {
        Asked<List<Busy>> former = Asked.now(this::formerBusy);
        Snapshot now = haproxy.api().snapshot();
        Stream<Busy> present = busy(haproxy.api(), now);
        return new Look(now, Stream.concat(present, former.answer().stream()).toList());
    }

    private List<Busy> formerBusy() {
        List<Asked<List<Busy>>> workers = haproxy.formerWorkers().stream()
                .map(worker -> Asked.now(() -> formerBusy(worker)))
                .toList();
        return workers.stream().flatMap(worker -> worker.answer().stream()).toList();
    }

    private List<Busy> formerBusy(Worker worker) {
        try {
            return busy(worker, worker.snapshot()).toList();
        } catch (HaproxyException.NotRunning e) {
            return List.of(); // it had nothing left to do
        }
    }

    private Stream<Busy> busy(Worker worker, Snapshot now) {
        return of(now).filter(slot -> slot.current() > 0).map(slot -> new Busy(worker, slot));
    }

    private Stream<ServerStatus> of(Snapshot now) {
        return Servers.of(now, backends).slots().stream().filter(slot -> addresses.contains(slot.address()));
    }

    private record Busy(Worker worker, ServerStatus status) {}

    /** @param busy those that have requests in flight */
    private record Look(Snapshot now, List<Busy> busy) {

        boolean idle() {
            return busy.isEmpty();
        }
    }
}
