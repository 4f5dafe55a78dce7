package dev.portolan.config;

import dev.portolan.fuzz.Broken;
import dev.portolan.model.Problem;
import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlReader;
import dev.portolan.yaml.YamlReading;
import java.nio.charset.StandardCharsets;

/** Fuzz target: a portolan.yml is read or refused, and the JSON Schema says the same. */
public final class PortolanFileFuzz {
    private PortolanFileFuzz() {}

    /** @param input the file */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Problems problems = new Problems();
        new PortolanFileReader(problems).read("portolan.yml", text);
        Broken.unlessSaid(problems.all(), problems.hasErrors(), "portolan.yml", text);
        if (problems.all().isEmpty()) {
            Broken.unlessNone("what the reader reads the schema accepts", PortolanSchema.errors(text));
        } else if (isWithinTheSchema(YamlReader.read("portolan.yml", text))
                && problems.all().stream().noneMatch(PortolanFileFuzz::isBeyondTheSchema)
                && PortolanSchema.errors(text).isEmpty()) {
            throw Broken.find("what the reader refuses the schema refuses", ": " + problems.all());
        }
    }

    private static boolean isWithinTheSchema(YamlReading reading) {
        return reading.problems().isEmpty()
                && reading.root().filter(PortolanFileFuzz::hasWholeFraction).isEmpty();
    }

    /**
     * 80.0, or 0864 that is no octal number: an integer to JSON Schema, and none to the reader. Of one beyond 64 bits the validator
     * makes an error of its own.
     */
    private static boolean hasWholeFraction(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping ->
                mapping.entries().stream().anyMatch(entry -> hasWholeFraction(entry.value()));
            case YamlNode.Sequence sequence -> sequence.items().stream().anyMatch(PortolanFileFuzz::hasWholeFraction);
            case YamlNode.Scalar scalar ->
                scalar.value() instanceof ScalarValue.Fraction fraction
                        && fraction.value() == Math.rint(fraction.value());
        };
    }

    /** What no schema can say: that names are there, and that values are not there twice. */
    private static boolean isBeyondTheSchema(Problem problem) {
        return problem.message().startsWith("there is no region ")
                || problem.message().contains(" has a route already, ")
                || problem.message().equals("a second document")
                // a host in its short and its long syntax
                || problem.message().contains(" is here twice");
    }
}
