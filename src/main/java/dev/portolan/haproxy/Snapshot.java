package dev.portolan.haproxy;

import java.util.List;

/**
 * What a worker says at one moment.
 *
 * @param reloading whether a command is about to replace it, so that a change which it makes now may be lost
 */
public record Snapshot(ProcessStatus process, boolean reloading, List<ServerStatus> servers) {
    static final String STATISTICS = "show stat -1 4 -1";
    static final String STATE = "show servers state";
    static final List<String> QUESTIONS = List.of(STATISTICS, STATE, ReloadMark.QUESTION, ProcessStatus.QUESTION);

    public Snapshot {
        servers = List.copyOf(servers);
    }

    /** @param answers to the questions */
    static Snapshot of(List<String> answers) {
        ProcessStatus process = ProcessStatus.parse(answers.get(3));
        return new Snapshot(
                process,
                ReloadMark.stands(answers.get(2), process),
                StatusTables.servers(answers.get(0), answers.get(1)));
    }

    public List<ServerStatus> of(String backend) {
        return servers.stream()
                .filter(server -> server.backend().equals(backend))
                .toList();
    }
}
