package dev.portolan.haproxy;

import dev.portolan.host.HostConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** HAProxy's runtime API: the worker that takes requests now. Safe for use by many threads. Every answer is checked. */
public final class RuntimeApi implements Worker {
    private final KeptSocket socket;

    /** @param socket absolute path on the host of the worker's own socket */
    public RuntimeApi(HostConnection host, String socket) {
        this.socket = new KeptSocket(host, socket);
    }

    @Override
    public Snapshot snapshot() {
        return Snapshot.of(socket.ask(Snapshot.QUESTIONS));
    }

    /**
     * Asks something else at the same time as the worker. Where it is not known whether there is one, that is asked afterwards: a host
     * that must find out why nobody answers would be asked two things at once, for which a connection over SSH opens another shell.
     */
    public <T> Supplier<T> alongside(Supplier<T> question) {
        return socket.isConnected() ? Asked.now(question)::answer : question;
    }

    /** Connects anew, in the background: the worker has been replaced. */
    void connect() {
        socket.leave();
        Asked.inBackground(this::snapshot);
    }

    /**
     * As {@link #snapshot}, of a worker that was asked before.
     *
     * @throws HaproxyException.Replaced when it is another one that takes requests now
     */
    public Snapshot snapshot(ProcessStatus worker) {
        Snapshot now = snapshot();
        if (!now.process().isSame(worker)) {
            throw socket.replaced();
        }
        return now;
    }

    /** As {@link #snapshot}, and marks that this worker is about to be replaced, in one round trip. */
    Snapshot snapshotBeforeReload(ProcessStatus worker) {
        List<String> marking = ReloadMark.set(worker);
        return Snapshot.of(after(
                marking,
                socket.send(worker, joined(marking, Snapshot.QUESTIONS)).answers()));
    }

    /** Takes the mark away: it was not replaced after all. */
    void staysAsItIs(ProcessStatus worker) {
        try {
            socket.send(worker, ReloadMark.clear()).answers();
        } catch (HaproxyException gone) {
            // what kept it from being replaced says more; a mark ends by itself
        }
    }

    /**
     * Makes changes, in order, in one round trip.
     *
     * @param worker that is meant: what is in the slots of another one is not known
     * @return what it says after them
     * @throws HaproxyException.Replaced when it does not take the requests any more; then it is not known what was done
     * @throws HaproxyException when HAProxy refuses one of them; those before and after it are done all the same
     */
    public Snapshot change(ProcessStatus worker, List<ServerChange> changes) {
        return begin(worker, changes).done();
    }

    /** As {@link #change}, without waiting for the answer. What is asked after this comes after it. */
    public Begun begin(ProcessStatus worker, List<ServerChange> changes) {
        return new Begun(
                changes,
                socket.send(
                        worker,
                        joined(changes.stream().map(ServerChange::command).toList(), Snapshot.QUESTIONS)));
    }

    @Override
    public void endSessions(String backend, String server) {
        Sessions.end(socket, backend, server);
    }

    private static List<String> joined(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static List<String> after(List<?> commands, List<String> answers) {
        return answers.subList(commands.size(), answers.size());
    }

    /** Changes that are on their way. */
    public static final class Begun {
        private final List<ServerChange> changes;
        private final KeptSocket.Sent sent;

        private Begun(List<ServerChange> changes, KeptSocket.Sent sent) {
            this.changes = new ArrayList<>(changes);
            this.sent = sent;
        }

        /** Waits until they are made, as {@link #change} says. */
        public Snapshot done() {
            List<String> answers = sent.answers();
            for (int index = 0; index < changes.size(); index++) {
                ServerChange change = changes.get(index);
                if (!change.acknowledgedBy(answers.get(index))) {
                    throw new HaproxyException(
                            "HAProxy refused '" + change.command() + "': " + answers.get(index),
                            "run the command again");
                }
            }
            return Snapshot.of(after(changes, answers));
        }
    }
}
