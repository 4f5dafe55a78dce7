package dev.portolan.haproxy;

import java.util.List;

/** The sessions of a worker. */
final class Sessions {

    private Sessions() {}

    static void end(Commands socket, String backend, String server) {
        try {
            List<String> commands = socket.ask(List.of("show sess"))
                    .getFirst()
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
}
