package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.Counters;
import dev.portolan.haproxy.FolderFiles;
import dev.portolan.haproxy.ProcessStatus;
import dev.portolan.haproxy.ServerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a slot had counted when its server was put there: HAProxy counts for slots, and clearing its counters would clear those
 * of every app. One line a slot: {@code backend slot answers errors connections lost}. Worthless once the worker has been
 * replaced, since a new one counts from zero.
 *
 * @param app whose file it is
 */
record CounterBases(FolderFiles files, String app) {
    private static final Duration UPTIME_PRECISION = Duration.ofSeconds(1);

    /** By {@code backend slot}; none that a worker before this one had counted. */
    Map<String, Counters> read(ProcessStatus worker) {
        return files.read(path())
                .filter(file -> worker.uptime().plus(UPTIME_PRECISION).compareTo(file.age()) >= 0)
                .map(file -> file.content()
                        .lines()
                        .map(line -> line.split(" ", -1))
                        .collect(Collectors.toMap(words -> words[0] + " " + words[1], CounterBases::counters)))
                .orElse(Map.of());
    }

    /** Notes that these slots count from now on. */
    void note(ProcessStatus worker, List<ServerStatus> slots) {
        Map<String, Counters> bases = new TreeMap<>(read(worker));
        slots.forEach(slot -> bases.put(key(slot), slot.counters()));
        files.write(
                path(),
                bases.entrySet().stream()
                        .map(base -> base.getKey() + " " + text(base.getValue()) + "\n")
                        .collect(Collectors.joining()));
    }

    void remove() {
        files.remove(path());
    }

    static String key(ServerStatus slot) {
        return slot.backend() + " " + slot.server();
    }

    private String path() {
        return "counters/" + app;
    }

    private static Counters counters(String[] words) {
        return new Counters(
                Long.parseLong(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]), Long.parseLong(words[5]));
    }

    private static String text(Counters counters) {
        return counters.answers() + " " + counters.serverErrors() + " " + counters.connectionErrors() + " "
                + counters.lost();
    }
}
