package dev.portolan.compose;

import dev.portolan.compose.KeyTable.Known;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** docs/compose.md, made from the table of keys. */
final class KeyDocument {
    static final Path FILE = Path.of("docs/compose.md");
    private static final Path DIFFERENCES = Path.of("src/test/resources/dev/portolan/compose/corpus/DIFFERENCES");

    private KeyDocument() {}

    static String text() {
        StringBuilder text = new StringBuilder("""
                # Compose files

                A Compose file means here what it means in Docker Compose 2.40. `portolan config` prints what it means, and its JSON is that of
                `docker compose config`: both are compared over the projects in `src/test/resources/dev/portolan/compose/corpus`.

                Reading and deploying are two things. Whatever Docker Compose reads is read. What Portolan does not do with a key is said by
                `plan`, `deploy` and `up`, before anything happens, with the place in the file; nothing is dropped in silence.

                This page is made from the table that the reader itself uses; a test holds it to that table, and the table to the JSON schema
                of the Compose Specification. To write it anew: `./mvnw test -Dtest=KeyDocumentTest -Dcompose.document.write=true`.

                In the tables a star stands for a name of yours, and `[]` for an item of a list. *Honoured*: as in Docker Compose. *Honoured
                differently* and *without effect*: a warning says so when it is used. *Refused*: an error when it is deployed. Keys that begin with `x-` are yours, wherever the specification allows them.

                What a key means across regions and releases, such as `container_name` or a named volume, is told in
                [compose-across-regions.md](compose-across-regions.md).

                """);
        tables().forEach((path, table) -> {
            text.append("## ")
                    .append(path.isEmpty() ? "The file" : "`" + path + "`")
                    .append("\n\n");
            text.append("| key | |\n|---|---|\n");
            table.byName().values().stream()
                    .sorted((first, second) -> first.name().compareTo(second.name()))
                    .forEach(key -> text.append("| `%s` | %s |\n".formatted(key.name(), meaning(key))));
            text.append('\n');
        });
        text.append("""
                ## Where the answers differ

                Projects of the corpus for which `portolan config` prints something else than `docker compose config`:

                """);
        differences().forEach(line -> {
            String[] parts = line.split(" ", 2);
            text.append("- `%s`: %s\n".formatted(parts[0], parts[1]));
        });
        return text.toString();
    }

    private static String meaning(Known key) {
        return switch (key.status()) {
            case HONOURED -> "honoured";
            case DIFFERENTLY -> "honoured differently: " + key.note();
            case WITHOUT_EFFECT -> "without effect: " + key.note();
            case REFUSED -> "refused: " + key.note();
            case OBSOLETE -> "obsolete: " + key.note();
        };
    }

    /** The tables by the paths at which they stand, each once. */
    static Map<String, KeyTable> tables() {
        Map<String, KeyTable> tables = new LinkedHashMap<>();
        add(Specification.FILE, "", tables);
        return tables;
    }

    private static void add(Shape shape, String path, Map<String, KeyTable> tables) {
        switch (shape) {
            case Shape.Section section -> {
                tables.put(path, section.keys());
                section.keys()
                        .byName()
                        .values()
                        .forEach(
                                key -> add(key.shape(), path.isEmpty() ? key.name() : path + "." + key.name(), tables));
            }
            case Shape.Entries entries -> add(entries.value(), path + ".*", tables);
            case Shape.Items items -> add(items.item(), path + "[]", tables);
            case Shape.OneOf oneOf -> oneOf.shapes().forEach(one -> add(one, path, tables));
            default -> {}
        }
    }

    private static List<String> differences() {
        try {
            return Files.readAllLines(DIFFERENCES).stream()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
