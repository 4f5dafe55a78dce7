package dev.portolan.haproxy;

import java.util.List;

/**
 * A worker to which no connection is kept: one that a reload has replaced, where HAProxy takes no command about a server any more, or
 * one that is about to begin.
 */
record DialledWorker(Commands socket) implements Worker {
    private static final List<String> QUESTIONS = List.of(Snapshot.STATISTICS, Snapshot.STATE, ProcessStatus.QUESTION);

    @Override
    public Snapshot snapshot() {
        List<String> answers = socket.ask(QUESTIONS);
        return new Snapshot(
                ProcessStatus.parse(answers.get(2)), false, StatusTables.servers(answers.get(0), answers.get(1)));
    }

    @Override
    public void endSessions(String backend, String server) {
        Sessions.end(socket, backend, server);
    }
}
