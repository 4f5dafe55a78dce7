package dev.portolan.haproxy;

import dev.portolan.host.HostConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Questions and answers over a connection to the worker's own socket that is kept, so that each costs one round trip, and several
 * threads' go together. A connection that has ended, or leads to a worker that a reload has replaced, is made anew.
 */
final class KeptSocket implements Commands {
    private static final int ATTEMPTS = 10;

    private final HostConnection host;
    private final String path;
    private Optional<Kept> kept = Optional.empty();

    /** @param path of the socket on the host */
    KeptSocket(HostConnection host, String path) {
        this.host = host;
        this.path = path;
    }

    private static final class Kept {
        private final CommandLine line;
        private volatile Optional<ProcessStatus> worker = Optional.empty();

        private Kept(CommandLine line) {
            this.line = line;
        }
    }

    @Override
    public List<String> ask(List<String> commands) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            boolean isNew = line().isEmpty();
            Kept present = dialled();
            try {
                Optional<List<String>> answers = new Sent(present, send(present, commands)).ofPresentWorker();
                if (answers.isPresent()) {
                    return answers.get();
                }
                Polling.pause(); // until its successor listens
            } catch (IOException broken) {
                drop(present);
                if (isNew) {
                    break;
                }
            }
        }
        throw new HaproxyException.NotRunning(path);
    }

    /**
     * Sends commands that mean one worker, and does not wait for the answers.
     *
     * @throws HaproxyException.Replaced when that worker does not take the requests any more, or the connection to it has ended since
     */
    Sent send(ProcessStatus worker, List<String> commands) {
        Kept present = line().filter(
                        known -> known.worker.filter(worker::isSame).isPresent())
                .orElseThrow(this::replaced);
        try {
            return new Sent(present, send(present, commands));
        } catch (IOException broken) {
            drop(present);
            throw replaced();
        }
    }

    HaproxyException.Replaced replaced() {
        return new HaproxyException.Replaced(path);
    }

    /** Each question ends with the one that tells who answers. */
    private static Future<List<String>> send(Kept to, List<String> commands) throws IOException {
        List<String> all = new ArrayList<>(commands);
        if (!commands.getLast().equals(ProcessStatus.QUESTION)) {
            all.add(ProcessStatus.QUESTION);
        }
        return to.line.send(all);
    }

    /** Commands that are on their way. */
    final class Sent {
        private final Kept to;
        private final Future<List<String>> answers;

        private Sent(Kept to, Future<List<String>> answers) {
            this.to = to;
            this.answers = answers;
        }

        /** @throws HaproxyException.Replaced when the worker does not take the requests any more, or has ended */
        List<String> answers() {
            try {
                return ofPresentWorker().orElseThrow(KeptSocket.this::replaced);
            } catch (IOException broken) {
                drop(to);
                throw replaced();
            }
        }

        /** Empty when a reload has replaced it. */
        private Optional<List<String>> ofPresentWorker() throws IOException {
            List<String> all = within();
            ProcessStatus worker = ProcessStatus.parse(all.getLast());
            to.worker = Optional.of(worker);
            if (worker.stopping()) {
                drop(to);
                return Optional.empty();
            }
            return Optional.of(all);
        }

        private List<String> within() throws IOException {
            try {
                return answers.get(CommandSocket.LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof IOException broken ? broken : new IOException(failed.getCause());
            } catch (TimeoutException late) {
                drop(to);
                throw new HaproxyException(
                        "HAProxy on " + path + " did not answer within " + CommandSocket.LIMIT.toSeconds() + " s",
                        "run the command again");
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new HaproxyException("interrupted while waiting for HAProxy", "run the command again");
            }
        }
    }

    /** Whether a question need not connect first, as far as this side knows. */
    boolean isConnected() {
        return line().isPresent();
    }

    /** Ends the connection; the next question makes another. */
    void leave() {
        line().ifPresent(this::drop);
    }

    private synchronized Optional<Kept> line() {
        return kept;
    }

    private synchronized Kept dialled() {
        try {
            if (kept.isEmpty()) {
                kept = Optional.of(new Kept(CommandLine.over(host.dial(path))));
            }
            return kept.get();
        } catch (IOException refused) {
            throw new HaproxyException.NotRunning(path);
        }
    }

    private synchronized void drop(Kept ended) {
        if (kept.filter(present -> present == ended).isPresent()) {
            kept = Optional.empty();
        }
        try {
            ended.line.close();
        } catch (IOException closed) {
            // it is of no use any more, whichever way it ends
        }
    }
}
