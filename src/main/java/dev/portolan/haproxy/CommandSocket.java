package dev.portolan.haproxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portolan.host.ByteStream;
import dev.portolan.host.HostConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Questions and answers over a command socket of HAProxy. Each question is a connection of its own, which costs a round trip more;
 * several commands in one question cost one.
 *
 * @param prefix put before each command: empty, or {@code @!PID } to reach one worker through the master
 */
record CommandSocket(Dialler dialler, String path, String prefix) implements Commands {
    static final Duration LIMIT = Duration.ofSeconds(10);

    /** Connects to the socket. */
    @FunctionalInterface
    interface Dialler {
        ByteStream dial() throws IOException;
    }

    CommandSocket(HostConnection host, String path, String prefix) {
        this(() -> host.dial(path), path, prefix);
    }

    /** What the master says, once for all commands, when the worker that is meant has ended since it was listed. */
    private static final String NO_SUCH_WORKER = "Can't find the target PID";

    /**
     * @return one answer for each command, in order, without the line break at the end; empty for a command that says nothing
     * @throws HaproxyException.NotRunning when nothing listens on the socket, or the worker that is meant has ended or ends
     *     meanwhile
     * @throws HaproxyException when there is no whole answer in time
     */
    @Override
    public List<String> ask(List<String> commands) {
        String line = commands.stream().map(command -> prefix + command).collect(Collectors.joining(";"));
        List<String> answers = answers(line);
        if (answers.size() < commands.size() && !prefix.isEmpty()) {
            answers = answers(line); // a worker that ended between two of the commands has ended for certain now
        }
        if (answers.size() < commands.size()) {
            throw new HaproxyException(
                    "HAProxy on " + path + " answered " + answers.size() + " of " + commands.size() + " commands: "
                            + line,
                    "run the command again");
        }
        return answers;
    }

    String ask(String command) {
        return ask(List.of(command)).getFirst();
    }

    private List<String> answers(String line) {
        String text = exchange(line);
        if (text.isEmpty() || text.startsWith(NO_SUCH_WORKER)) {
            throw new HaproxyException.NotRunning(path); // ended, or about to
        }
        return split(text);
    }

    /** The whole answer to one line, as it came. The master keeps the connection open unless it is told not to. */
    String exchange(String line) {
        ByteStream stream = dial();
        AtomicBoolean late = new AtomicBoolean();
        Thread watch = Thread.ofVirtual().start(() -> closeAfter(stream, late));
        try (stream) {
            stream.output().write((line + ";quit\n").getBytes(UTF_8));
            stream.output().flush();
            return new String(stream.input().readAllBytes(), UTF_8);
        } catch (IOException e) {
            if (!late.get()) {
                throw new HaproxyException.NotRunning(path); // it ended while it was asked
            }
            throw new HaproxyException(
                    "HAProxy on " + path + " did not answer '" + line + "': " + e.getMessage(),
                    "run the command again");
        } finally {
            watch.interrupt();
        }
    }

    private ByteStream dial() {
        try {
            return dialler.dial();
        } catch (IOException e) {
            throw new HaproxyException.NotRunning(path);
        }
    }

    private static void closeAfter(ByteStream stream, AtomicBoolean late) {
        try {
            Thread.sleep(LIMIT);
            late.set(true);
            stream.close();
        } catch (InterruptedException | IOException e) {
            // answered in time, or closed already
        }
    }

    /** Each answer ends with an empty line. */
    static List<String> split(String text) {
        List<String> answers = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            if (text.charAt(from) == '\n') {
                answers.add("");
                from++;
                continue;
            }
            int end = text.indexOf("\n\n", from);
            if (end < 0) {
                answers.add(text.substring(from).strip());
                break;
            }
            answers.add(text.substring(from, end));
            from = end + 2;
        }
        return answers;
    }
}
