package dev.portolan.compose;

import java.util.List;
import java.util.Optional;

/** The chapters "Configs" and "Secrets": where the content of an entry comes from. */
final class FileContentReader {
    private final Folder folder;
    private final List<String> sources;
    private final boolean mayBeElsewhere;

    private FileContentReader(Folder folder, List<String> sources, boolean mayBeElsewhere) {
        this.folder = folder;
        this.sources = sources;
        this.mayBeElsewhere = mayBeElsewhere;
    }

    static FileContentReader ofConfigs(Folder folder) {
        return new FileContentReader(folder, List.of("file", "environment", "content"), false);
    }

    static FileContentReader ofSecrets(Folder folder) {
        return new FileContentReader(folder, List.of("file", "environment"), true);
    }

    /**
     * Empty when there is no such content; that is a problem.
     *
     * @param key of the entry
     */
    Optional<FileContent> read(String key, Section entry) {
        if (entry.truth("external", false)) {
            if (mayBeElsewhere) {
                return Optional.of(new FileContent.External(entry.text("name", key)));
            }
            entry.problems()
                    .error(
                            entry.location("external"),
                            entry.path().child("external"),
                            "only a Swarm keeps content outside of the file, and Docker Compose refuses it too",
                            "give the content itself, with " + String.join(" or ", sources));
            return Optional.empty();
        }
        Optional<String> given = sources.stream().filter(entry::has).findFirst();
        if (given.isEmpty()) {
            return Optional.empty(); // then it has a driver, which is a problem too
        }
        return entry.parsed(given.get(), text -> switch (given.get()) {
            case "file" -> new FileContent.File(folder.resolve(text));
            case "environment" -> new FileContent.Environment(text);
            default -> new FileContent.Inline(text);
        });
    }
}
