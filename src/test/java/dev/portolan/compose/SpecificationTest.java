package dev.portolan.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the table of keys to the JSON schema of the Compose Specification. */
class SpecificationTest {
    private static final Path KEYS = Path.of("src/test/resources/dev/portolan/compose/specification-keys");

    @Test
    void theTableHasEveryKeyOfTheSpecificationAndNoOther() throws IOException {
        List<String> specified = Files.readAllLines(KEYS).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        Set<String> known = new TreeSet<>();
        add(Specification.FILE, "", known);

        assertThat(known).containsExactlyInAnyOrderElementsOf(specified);
    }

    @Test
    void whatIsNotHonouredAsInDockerComposeSaysWhy() {
        KeyDocument.tables().values().stream()
                .flatMap(table -> table.byName().values().stream())
                .filter(key -> key.status() != KeyTable.Status.HONOURED)
                .forEach(key -> assertThat(key.note()).as(key.name()).isNotBlank());
    }

    private static void add(Shape shape, String path, Set<String> known) {
        switch (shape) {
            case Shape.Section section ->
                section.keys().byName().values().forEach(key -> {
                    known.add(path + key.name());
                    add(key.shape(), path + key.name() + "/", known);
                });
            case Shape.Entries entries -> add(entries.value(), path + "*/", known);
            case Shape.Items items -> add(items.item(), path + "[]/", known);
            case Shape.OneOf oneOf -> oneOf.shapes().forEach(one -> add(one, path, known));
            default -> {}
        }
    }
}
