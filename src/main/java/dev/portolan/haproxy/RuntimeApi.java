package dev.portolan.haproxy;

import dev.portolan.host.HostConnection;
import java.util.List;

/** HAProxy's runtime API. Safe for use by many threads. Every answer is checked. */
public final class RuntimeApi {
    private final CommandSocket socket;

    RuntimeApi(CommandSocket socket) {
        this.socket = socket;
    }

    /** @param socket absolute path on the host of the worker's own socket */
    public RuntimeApi(HostConnection host, String socket) {
        this(new CommandSocket(host, socket, ""));
    }

    /**
     * The worker and all its servers, in one round trip.
     *
     * @throws HaproxyException.NotRunning when it does not run
     */
    public Snapshot snapshot() {
        List<String> answers = socket.ask(List.of("show info", "show stat -1 4 -1", "show servers state"));
        return new Snapshot(
                ProcessStatus.parse(answers.getFirst()), StatusTables.servers(answers.get(1), answers.get(2)));
    }

    /**
     * Makes changes, in order, in one round trip.
     *
     * @throws HaproxyException when HAProxy refuses one of them; those before and after it are done all the same
     */
    public void change(List<ServerChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        List<String> answers =
                socket.ask(changes.stream().map(ServerChange::command).toList());
        for (int index = 0; index < changes.size(); index++) {
            ServerChange change = changes.get(index);
            if (!change.acknowledgedBy(answers.get(index))) {
                throw new HaproxyException(
                        "HAProxy refused '" + change.command() + "': " + answers.get(index), "run the command again");
            }
        }
    }

    /**
     * Ends every session that a server has. Works on a worker that a reload has replaced, too, where HAProxy takes no command
     * about a server any more.
     */
    public void endSessions(String backend, String server) {
        try {
            List<String> commands = socket.ask("show sess")
                    .lines()
                    .filter(line -> line.contains(" be=" + Words.name(backend) + " ")
                            && line.contains(" srv=" + Words.name(server) + " "))
                    .map(line -> "shutdown session " + line.substring(0, line.indexOf(':')))
                    .toList();
            if (!commands.isEmpty()) {
                socket.ask(commands); // one that has ended meanwhile is as good
            }
        } catch (HaproxyException.NotRunning e) {
            return; // and so is a worker that has
        }
    }

    /** What a worker says at one moment. */
    public record Snapshot(ProcessStatus process, List<ServerStatus> servers) {

        public Snapshot {
            servers = List.copyOf(servers);
        }

        public List<ServerStatus> of(String backend) {
            return servers.stream()
                    .filter(server -> server.backend().equals(backend))
                    .toList();
        }
    }
}
