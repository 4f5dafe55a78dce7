package dev.portolan.config;

import dev.portolan.fuzz.Broken;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Fuzz target: a portolan.yml is read or refused, and the JSON Schema says the same. */
public final class PortolanFileFuzz {
    private PortolanFileFuzz() {}

    /** @param input the file */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Problems problems = new Problems();
        new PortolanFileReader(problems).read("portolan.yml", text);
        Broken.unlessSaid(problems.all(), problems.hasErrors(), "portolan.yml", text);
        List<String> errors = PortolanSchema.errors(text);
        if (problems.all().isEmpty()) {
            Broken.unlessNone("the schema refuses what the reader reads", errors);
        } else if (errors.isEmpty() && problems.all().stream().noneMatch(PortolanFileFuzz::isBeyondTheSchema)) {
            throw new AssertionError("the schema accepts what the reader refuses: " + problems.all());
        }
    }

    private static boolean isBeyondTheSchema(dev.portolan.model.Problem problem) {
        return problem.message()
                .matches(
                        "(?s).*(not YAML|there is no region|has a route already|here a second time|a second document).*");
    }
}
