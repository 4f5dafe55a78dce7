package dev.portolan.haproxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portolan.host.ByteStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * One connection to a worker's command socket that stays open: HAProxy's interactive mode, in which each answer ends with a prompt.
 * Commands are sent without waiting for the answers to those before, and answered in their order. Safe for use by many threads.
 */
final class CommandLine implements AutoCloseable {
    /** A worker that a reload has replaced goes on as long as somebody is connected, so nobody is for ever. */
    private static final List<String> GREETING = List.of("prompt", "set timeout cli 10m");

    private static final byte[] PROMPT = "\n> ".getBytes(UTF_8);

    private final ByteStream stream;
    private final Queue<Question> open = new ArrayDeque<>();
    private boolean ended;

    private CommandLine(ByteStream stream) {
        this.stream = stream;
    }

    /** @param stream connected to the socket; closed with this */
    static CommandLine over(ByteStream stream) throws IOException {
        CommandLine line = new CommandLine(stream);
        // not a virtual thread: one that has read from a socket makes the end of the program wait, see fleet.Threads
        Thread.ofPlatform().daemon().name("haproxy").start(line::read);
        line.send(Question.of(GREETING));
        return line;
    }

    /**
     * Sends commands.
     *
     * @return one answer for each, in order, without the line break at its end; it fails with an {@link IOException} when the
     *     connection ends before
     */
    Future<List<String>> send(List<String> commands) throws IOException {
        Question question = Question.of(commands);
        send(question);
        return question.answers();
    }

    private synchronized void send(Question question) throws IOException {
        if (ended) {
            throw new EOFException("HAProxy has closed the connection");
        }
        open.add(question);
        stream.output().write((String.join("\n", question.commands()) + "\n").getBytes(UTF_8));
        stream.output().flush();
    }

    private record Question(List<String> commands, List<String> said, CompletableFuture<List<String>> answers) {

        static Question of(List<String> commands) {
            return new Question(List.copyOf(commands), new ArrayList<>(), new CompletableFuture<>());
        }

        /** @return whether that was the last answer */
        boolean complete(String answer) {
            said.add(answer);
            return said.size() == commands.size() && answers.complete(List.copyOf(said));
        }

        boolean fail(IOException cause) {
            return answers.completeExceptionally(cause);
        }
    }

    private void read() {
        try (stream) {
            readAll();
            end(new EOFException("HAProxy has closed the connection"));
        } catch (IOException broken) {
            end(broken);
        }
    }

    private void readAll() throws IOException {
        InputStream input = stream.input();
        byte[] chunk = new byte[16 * 1024];
        Answers answers = new Answers();
        for (int length = input.read(chunk); length >= 0; length = input.read(chunk)) {
            answers.add(chunk, length).forEach(this::answered);
        }
    }

    private synchronized void answered(String answer) {
        if (!open.isEmpty() && open.peek().complete(answer)) {
            open.remove();
        }
    }

    private synchronized void end(IOException cause) {
        ended = true;
        open.forEach(question -> question.fail(cause));
        open.clear();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    /** Cuts what comes into answers. */
    static final class Answers {
        private byte[] text = new byte[32 * 1024];
        private int length;

        /** @return those that are whole now */
        List<String> add(byte[] chunk, int count) {
            if (length + count > text.length) {
                text = Arrays.copyOf(text, Math.max(text.length * 2, length + count));
            }
            System.arraycopy(chunk, 0, text, length, count);
            int from = 0;
            int seen = Math.max(0, length - PROMPT.length);
            length += count;
            List<String> whole = new ArrayList<>();
            for (int at = seen; at + PROMPT.length <= length; at++) {
                if (isPrompt(at)) { // no line of any answer begins like that
                    int end = at > from && text[at - 1] == '\n' ? at - 1 : at;
                    whole.add(new String(text, from, end - from, UTF_8));
                    from = at + PROMPT.length;
                    at = from - 1;
                }
            }
            System.arraycopy(text, from, text, 0, length - from);
            length -= from;
            return whole;
        }

        private boolean isPrompt(int at) {
            for (int index = 0; index < PROMPT.length; index++) {
                if (text[at + index] != PROMPT[index]) {
                    return false;
                }
            }
            return true;
        }
    }
}
