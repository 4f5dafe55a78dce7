package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.Counters;
import dev.portolan.haproxy.FolderFiles;
import dev.portolan.haproxy.ProcessStatus;
import dev.portolan.haproxy.ServerStatus;
import dev.portolan.host.HostFiles.Change;
import dev.portolan.host.HostFiles.StoredFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    Optional<StoredFile> read() {
        return files.read(path());
    }

    /**
     * What a file says, by {@code backend slot}; nothing that a worker before this one had counted.
     *
     * @param stored read before the worker was asked, or at the same time
     */
    static Map<String, Counters> of(Optional<StoredFile> stored, ProcessStatus worker) {
        return stored.filter(file -> worker.uptime().plus(UPTIME_PRECISION).compareTo(file.age()) >= 0)
                .map(file -> file.content()
                        .lines()
                        .map(line -> line.split(" ", -1))
                        .collect(Collectors.toMap(words -> words[0] + " " + words[1], CounterBases::counters)))
                .orElse(Map.of());
    }

    /**
     * Notes that these slots count from now on.
     *
     * @param known what is noted already
     */
    void note(Map<String, Counters> known, List<ServerStatus> slots) {
        Map<String, Counters> bases = new TreeMap<>(known);
        slots.forEach(slot -> bases.put(key(slot), slot.counters()));
        files.write(
                path(),
                bases.entrySet().stream()
                        .map(base -> base.getKey() + " " + text(base.getValue()) + "\n")
                        .collect(Collectors.joining()));
    }

    Change removing() {
        return new Change.Remove(path());
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
