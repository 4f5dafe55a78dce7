package dev.portolan.haproxy;

import dev.portolan.host.HostConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The master process, which replaces the worker when the configuration changes. */
final class Master {
    private static final Pattern FAILED = Pattern.compile("\\[failed: (\\d+)]");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HostConnection host;
    private final String path;

    Master(HostConnection host, String path) {
        this.host = host;
        this.path = path;
    }

    /** @throws HaproxyException when it does not answer for longer than it takes to replace itself */
    Workers workers() {
        return Polling.until(PATIENCE, this::answer).orElseThrow(() -> new HaproxyException.NotRunning(path));
    }

    /** Empty while it replaces itself, which every reload begins with. */
    Optional<Workers> answer() {
        try {
            return Optional.of(parse(new CommandSocket(host, path, "").ask("show proc")));
        } catch (HaproxyException e) {
            return Optional.empty();
        }
    }

    /** Asks for a reload, which then goes on in the background. */
    void reload() {
        String answer = new CommandSocket(host, path, "").exchange("reload");
        if (!answer.isBlank() && !answer.startsWith("Success=1")) { // newer versions wait and say how it went
            throw new HaproxyException("HAProxy refused to reload: " + answer, "run the command again");
        }
    }

    /** A worker that finishes what it has, after a reload. */
    RuntimeApi formerWorker(long process) {
        return new RuntimeApi(new CommandSocket(host, path, "@!" + process + " "));
    }

    static Workers parse(String text) {
        Matcher failed = FAILED.matcher(text);
        return new Workers(
                processes(text, "# workers"),
                processes(text, "# old workers"),
                failed.find() ? Integer.parseInt(failed.group(1)) : 0);
    }

    private static List<Long> processes(String text, String title) {
        return text.lines()
                .dropWhile(line -> !line.equals(title))
                .skip(1)
                .takeWhile(line -> !line.startsWith("#"))
                .map(line -> line.split("\\s+", 2)[0])
                .filter(word -> !word.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    /**
     * @param current ids of those that take requests; empty while there is none yet
     * @param former ids of those that finish what they have
     * @param failedReloads in a row
     */
    record Workers(List<Long> current, List<Long> former, int failedReloads) {}
}
