package dev.portolan.cli;

import dev.portolan.deploy.App;
import dev.portolan.journal.History;
import dev.portolan.setup.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts the background process that stops the containers of the release before when their time is over. Nothing depends on it:
 * when it dies, the next deploy does the same.
 */
final class Retirement {
    static final String LOG = "retire.log";

    private Retirement() {}

    static void schedule(Session session, App app) {
        History history = app.history(notice -> {});
        Instant until = history.keptUntil();
        boolean kept = history.previous()
                .filter(release -> !history.committed().equals(java.util.Optional.of(release)))
                .isPresent();
        if (!kept || !session.now().isBefore(until)) {
            return;
        }
        Path log = session.parts().state().resolve(LOG);
        session.parts().machine().startDetached(command(until, session.project().folder()), log);
        session.display()
                .say("the containers of the release before run on, drained, until "
                        + java.time.format.DateTimeFormatter.ofPattern("HH:mm:ss")
                                .format(until.atZone(
                                        session.surroundings().zone().get()))
                        + "; then a background process stops them (its log: " + log + "), or the next deploy");
    }

    /** In a session of its own, so that neither Ctrl-C nor the end of the terminal reaches it; with as little memory as will do. */
    static Command command(Instant at, Path folder) {
        List<String> words = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            words.add("/usr/bin/setsid");
        }
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.portolan.Main",
                CommandName.RETIRE.word(),
                "--at",
                at.toString(),
                Usage.DIRECTORY,
                folder.toString()));
        return new Command(words, Map.of());
    }
}
