package dev.portolan.haproxy;

import dev.portolan.host.ByteStream;
import dev.portolan.host.HostConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The master process, which replaces the worker when the configuration changes. */
final class Master {
    private static final Pattern FAILED = Pattern.compile("\\[failed: (\\d+)]");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HostConnection host;
    private final String path;
    private final AtomicReference<Optional<Asked<Optional<ByteStream>>>> ahead =
            new AtomicReference<>(Optional.empty());

    Master(HostConnection host, String path) {
        this.host = host;
        this.path = path;
    }

    /** Connects for the next question, by whoever knows that there will be one: then it takes a round trip less. */
    void dialAhead() {
        Asked<Optional<ByteStream>> dialled = Asked.now(() -> {
            try {
                return Optional.of(host.dial(path));
            } catch (IOException refused) {
                return Optional.empty();
            }
        });
        ahead.getAndSet(Optional.of(dialled)).ifPresent(Master::close);
    }

    private static void close(Asked<Optional<ByteStream>> unused) {
        unused.answer().ifPresent(stream -> {
            try {
                stream.close();
            } catch (IOException closed) {
                // it is of no use any more, whichever way it ends
            }
        });
    }

    private ByteStream dial() throws IOException {
        Optional<ByteStream> dialled =
                ahead.getAndSet(Optional.empty()).flatMap(Asked::answer).filter(ByteStream::isOpen);
        return dialled.isPresent() ? dialled.get() : host.dial(path);
    }

    /** @throws HaproxyException when it does not answer for longer than it takes to replace itself */
    Workers workers() {
        return Polling.until(PATIENCE, this::answer).orElseThrow(() -> new HaproxyException.NotRunning(path));
    }

    /** Empty while it replaces itself, which every reload begins with. */
    Optional<Workers> answer() {
        try {
            return Optional.of(parse(new CommandSocket(this::dial, path, "").ask("show proc")));
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
    Worker formerWorker(long process) {
        return new DialledWorker(new CommandSocket(host, path, "@!" + process + " "));
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
