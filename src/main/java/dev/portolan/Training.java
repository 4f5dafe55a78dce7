package dev.portolan;

import dev.portolan.cli.Surroundings;
import dev.portolan.config.ConfigurationReader;
import dev.portolan.host.HostFiles;
import dev.portolan.journal.Journal;
import dev.portolan.journal.JournalEntry;
import dev.portolan.journal.JournalEntry.Outcome;
import dev.portolan.journal.JournalEntry.Purpose;
import dev.portolan.journal.ReleaseStore;
import dev.portolan.model.Desired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a list of commands in one process, so that the build can record the classes that they load. */
final class Training {

    private Training() {}

    /**
     * @param arguments a folder with a file {@code commands.txt}, which has one command line each line ({@code #} begins a comment), and
     *     with an app, which is as if it had been deployed if it has a {@code portolan.yml}; and an empty folder for Portolan's own files
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (Files.exists(folder.resolve("portolan.yml"))) {
            environment.put(
                    "PORTOLAN_STATE", Path.of(arguments[1]).toAbsolutePath().toString());
            pretendDeploy(folder, environment);
        }
        Surroundings here = Surroundings.ofThisProcess().in(folder, environment);
        for (List<String> command : commands(Files.readString(folder.resolve("commands.txt")))) {
            Main.run(command, here);
        }
        Main.end(0);
    }

    /** As if the app had been deployed: its release is stored, and the journal says that it serves. */
    private static void pretendDeploy(Path folder, Map<String, String> environment) {
        Desired desired = ConfigurationReader.read(
                        folder,
                        ConfigurationReader.Options.of(
                                environment, reference -> Optional.of("sha256:" + "0".repeat(64))))
                .desired();
        try (AppParts parts = new AppParts(environment)) {
            HostFiles files = parts.fleet(desired.app(), desired.hosts(), line -> {})
                    .on(desired.keeper().id())
                    .files();
            new ReleaseStore(files, desired.app()).save(desired);
            String id = "1-training";
            Instant now = Instant.now();
            new Journal(files, desired.app())
                    .add(List.of(
                            new JournalEntry.Started(
                                    id,
                                    now,
                                    Purpose.DEPLOY,
                                    "build",
                                    Optional.empty(),
                                    desired.release(),
                                    desired.rollout().keep(),
                                    List.of("plan")),
                            new JournalEntry.Intended(id, now, "dublin/local", "step"),
                            new JournalEntry.Done(
                                    id,
                                    now,
                                    "dublin/local",
                                    "step",
                                    desired.rollout().monitor()),
                            new JournalEntry.Verified(id, now, List.of("dublin"), 1, 0),
                            new JournalEntry.Committed(id, now, desired.release()),
                            new JournalEntry.Ended(id, now, Outcome.COMMITTED, Optional.empty(), 1, 0)));
        }
    }

    static List<List<String>> commands(String lines) {
        return lines.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> List.of(line.split("\\s+")))
                .toList();
    }
}
