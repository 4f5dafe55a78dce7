package dev.portolan.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.fuzz.Broken;
import dev.portolan.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Fuzz target: two Compose files, one over the other. */
public final class MergeFuzz {
    /** Between the two files. */
    public static final byte SEPARATOR = 0x7f;

    private static final byte[] NOTHING = "{}\n".getBytes(StandardCharsets.UTF_8);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path OTHER = file("other.yaml");
    private static final Path SAME = file("same.yaml");
    private static final Path EMPTY = written(file("empty.yaml"), NOTHING);

    /**
     * What Docker Compose refuses in two files, and not in one: a list of names becomes a mapping, whose keys it checks.
     */
    private static final Pattern MAPPED = Pattern.compile(" is no name$");

    /** The same; and lists are appended, which gives items twice, or lie over a syntax that they do not merge with. */
    private static final Pattern DOUBLED = Pattern.compile(
            MAPPED + "| is no name of a variable$| has no equals sign$|^the same as item| cannot be merged over ");

    private MergeFuzz() {}

    /** @param input the first file, the separator, the second file */
    public static void fuzzerTestOneInput(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != SEPARATOR) {
            end++;
        }
        byte[] base = Arrays.copyOf(input, end);
        written(OTHER, Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length));
        if (read(base, OTHER) instanceof CanonicalReading.Read merged) {
            Reprint.check(merged.project());
        }
        ComposeReader.read(Reprint.source(base, OTHER));
        if (read(base) instanceof CanonicalReading.Read alone) {
            String json = alone.project().json();
            written(SAME, base);
            same("a file under nothing stays as it is", json, read(base, EMPTY));
            same("a file over nothing stays as it is", json, read(NOTHING, SAME));
            overItself(json, read(base, SAME));
        }
    }

    private static void same(String rule, String json, CanonicalReading reading) {
        switch (reading) {
            case CanonicalReading.Read read ->
                Broken.unlessNone(
                        rule, JsonTrees.differences(json, read.project().json()));
            case CanonicalReading.Refused refused -> only(rule, refused, MAPPED);
        }
    }

    private static void overItself(String json, CanonicalReading reading) {
        String rule = "a file over itself adds nothing";
        switch (reading) {
            case CanonicalReading.Read twice -> {
                // a merge makes two addresses of one, and another variable of one whose name begins with an equals sign
                if (!Reprint.hasHostWithComma(distinct(json)) && !json.contains("\"=")) {
                    Broken.unlessSame(
                            rule, distinct(json), distinct(twice.project().json()));
                }
            }
            case CanonicalReading.Refused refused -> only(rule, refused, DOUBLED);
        }
    }

    /** A find, unless every error is one of those that are meant. */
    private static void only(String rule, CanonicalReading.Refused refused, Pattern meant) {
        Broken.unlessNone(
                rule,
                refused.problems().stream()
                        .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                        .filter(problem -> !meant.matcher(problem.message()).find())
                        .toList());
    }

    private static CanonicalReading read(byte[] base, Path... over) {
        CanonicalReading reading = ComposeReader.canonical(Reprint.source(base, over));
        Broken.unlessSaid(reading.problems(), reading instanceof CanonicalReading.Refused, "", "");
        return reading;
    }

    /** A tree in which no list has an item twice: lists that are appended have them. */
    private static JsonNode distinct(String json) {
        try {
            return distinct(JSON.readTree(json));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static JsonNode distinct(JsonNode node) {
        return switch (node) {
            case ArrayNode array -> {
                Set<JsonNode> items = new LinkedHashSet<>();
                array.forEach(item -> items.add(distinct(item)));
                yield JSON.createArrayNode().addAll(items);
            }
            case ObjectNode object -> {
                ObjectNode copy = JSON.createObjectNode();
                object.properties().forEach(entry -> copy.set(entry.getKey(), distinct(entry.getValue())));
                yield copy;
            }
            default -> node;
        };
    }

    private static Path file(String name) {
        try {
            Path file = Files.createTempFile("portolan-fuzz", name);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path written(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
