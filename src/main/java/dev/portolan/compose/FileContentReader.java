package dev.portolan.compose;

import java.util.List;
import java.util.Optional;

/** The chapters "Configs" and "Secrets": where the content of an entry comes from. */
final class FileContentReader {
    private final Folder folder;
    private final List<String> sources;

    private FileContentReader(Folder folder, List<String> sources) {
        this.folder = folder;
        this.sources = sources;
    }

    static FileContentReader ofConfigs(Folder folder) {
        return new FileContentReader(folder, List.of("file", "environment", "content"));
    }

    static FileContentReader ofSecrets(Folder folder) {
        return new FileContentReader(folder, List.of("file", "environment"));
    }

    /**
     * Empty when there is no such content; that is a problem.
     *
     * @param used whether a service uses it: only then must Portolan be able to read it
     */
    Optional<FileContent> read(Section entry, boolean used) {
        List<String> given = sources.stream().filter(entry::has).toList();
        if (given.size() > 1) {
            entry.problems()
                    .error(
                            entry.location(given.get(1)),
                            entry.path(),
                            String.join(" and ", given) + " exclude each other",
                            "keep one of them");
            return Optional.empty();
        }
        if (entry.truth("external", false)) {
            if (used) {
                entry.problems().notYet(entry.location("external"), entry.path().child("external"), "external content");
            }
            return Optional.empty();
        }
        if (given.isEmpty()) {
            if (!entry.has("driver") || used) {
                entry.problems()
                        .error(
                                entry.location(),
                                entry.path(),
                                "it has no content",
                                "add " + String.join(" or ", sources));
            }
            return Optional.empty();
        }
        return entry.parsed(given.getFirst(), text -> switch (given.getFirst()) {
            case "file" -> new FileContent.File(folder.resolve(text));
            case "environment" -> new FileContent.Environment(text);
            default -> new FileContent.Inline(text);
        });
    }
}
