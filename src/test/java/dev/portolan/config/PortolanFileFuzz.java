package dev.portolan.config;

import dev.portolan.fuzz.Broken;
import dev.portolan.model.Problem;
import dev.portolan.yaml.YamlReader;
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
            Broken.unlessNone("what the reader reads the schema accepts", errors);
        } else if (isYaml(text)
                && errors.isEmpty()
                && problems.all().stream().noneMatch(PortolanFileFuzz::isBeyondTheSchema)) {
            throw Broken.find("what the reader refuses the schema refuses", ": " + problems.all());
        }
    }

    private static boolean isYaml(String text) {
        return YamlReader.read("portolan.yml", text).problems().isEmpty();
    }

    /** What no schema can say: that it is YAML, that names are there, and that values are not there twice. */
    private static boolean isBeyondTheSchema(Problem problem) {
        return problem.message().startsWith("there is no region ")
                || problem.message().contains(" has a route already, ")
                || problem.message().equals("a second document");
    }
}
