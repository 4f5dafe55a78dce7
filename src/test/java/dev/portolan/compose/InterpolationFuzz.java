package dev.portolan.compose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.compose.PortSyntax.Port;
import dev.portolan.fuzz.Broken;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.JsonWriter;
import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlReader;
import dev.portolan.yaml.YamlReading;
import dev.portolan.yaml.YamlWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Fuzz target: texts with variables, and the other small languages in values of Compose files. */
public final class InterpolationFuzz {
    private static final Map<String, String> VARIABLES = Map.of("A", "one", "EMPTY", "", "B_2", "$two");
    private static final ObjectMapper JSON = new ObjectMapper();

    private InterpolationFuzz() {}

    /** @param input a text, for each of the languages */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        templates(text);
        variableFiles(text);
        words(text);
        ports(text);
        durations(text);
        sizes(text);
        yaml(text);
        try {
            VolumeSyntax.parse(text);
        } catch (InvalidValue refused) {
            said(refused);
        }
    }

    private static Optional<String> value(String name) {
        Broken.unless(name.matches("[A-Za-z_][A-Za-z0-9_]*"), "a variable is asked for by a name", name);
        return Optional.ofNullable(VARIABLES.get(name));
    }

    private static void said(InvalidValue refused) {
        Broken.unless(!refused.message().isBlank() && !refused.remedy().isBlank(), "a refusal has words", refused);
    }

    private static void templates(String text) {
        try {
            Broken.unlessSame(
                    "a dollar that is doubled stands for itself",
                    text,
                    Template.substitute(text.replace("$", "$$"), InterpolationFuzz::value, name -> {}));
            String filledIn = Template.substitute(text, InterpolationFuzz::value, name -> value(name));
            Broken.unless(
                    text.indexOf('$') >= 0 || text.equals(filledIn),
                    "a text without a dollar stands for itself",
                    filledIn);
        } catch (InvalidValue refused) {
            Broken.unless(text.indexOf('$') >= 0, "a text without a dollar is read", refused.message());
            said(refused);
        }
        TemplateVariable.in(YamlNode.Scalar.string(text, SourceLocation.wholeFile("a.yaml")));
    }

    private static Problems variables(String text, Map<String, String> values) {
        Problems problems = new Problems();
        DotEnv.parse(".env", text, InterpolationFuzz::outside, values, problems);
        return problems;
    }

    private static Optional<String> outside(String name) {
        return Optional.ofNullable(VARIABLES.get(name));
    }

    private static void variableFiles(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Problems problems = variables(text, values);
        Broken.unlessSaid(problems.all(), problems.failed(), ".env", text);
        String printed = values.entrySet().stream()
                .map(entry -> entry.getKey() + "=\""
                        + entry.getValue()
                                .replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("$", "\\$") + "\"\n")
                .collect(Collectors.joining());
        if (!printed.contains("\r\n")) {
            Map<String, String> again = new LinkedHashMap<>();
            Broken.unlessNone("variables read again", variables(printed, again).all());
            Broken.unlessSame("variables read again as they were printed", values, again);
        }
    }

    private static void words(String text) {
        try {
            List<String> words = ShellWords.split(text);
            String line = words.stream()
                    .map(word -> word.isEmpty()
                            ? "''"
                            : word.chars()
                                    .mapToObj(character -> "\\" + (char) character)
                                    .collect(Collectors.joining()))
                    .collect(Collectors.joining(" "));
            Broken.unlessSame("words in backslashes stand for themselves", words, ShellWords.split(line));
        } catch (InvalidValue refused) {
            said(refused);
        }
    }

    private static void ports(String text) {
        try {
            for (Port port : PortSyntax.parse(text)) {
                String address = port.hostIp().isEmpty() ? "" : "[" + port.hostIp() + "]:";
                Broken.unlessSame(
                        "a port reads again",
                        List.of(port),
                        PortSyntax.parse(address
                                + (port.published().isEmpty() && address.isEmpty() ? "" : port.published() + ":")
                                + port.target() + "/" + port.protocol()));
            }
        } catch (InvalidValue refused) {
            said(refused);
        }
    }

    private static void durations(String text) {
        try {
            var duration = Durations.parse(text);
            Broken.unlessSame("a duration reads again", duration, Durations.parse(Durations.text(duration)));
        } catch (InvalidValue refused) {
            said(refused);
        }
    }

    private static void sizes(String text) {
        try {
            long bytes = ByteSizes.parse(text);
            Broken.unlessSame("a size reads again", bytes, ByteSizes.parse(String.valueOf(bytes)));
        } catch (InvalidValue refused) {
            said(refused);
        }
    }

    private static void yaml(String text) {
        YamlReading reading = YamlReader.read("a.yaml", text);
        Broken.unlessSaid(reading.problems(), !reading.problems().isEmpty(), "a.yaml", text);
        for (YamlNode document : reading.documents()) {
            String written = YamlWriter.write(document);
            YamlReading again = YamlReader.read("a.yaml", written);
            Broken.unlessNone("YAML that was written is read", again.problems());
            Broken.unlessSame(
                    "one document reads again as one", 1, again.documents().size());
            Broken.unlessSame(
                    "YAML reads again as it was written",
                    meaning(document),
                    meaning(again.root().orElseThrow()));
            try {
                JSON.readTree(JsonWriter.write(document));
            } catch (JsonProcessingException broken) {
                throw new AssertionError("not JSON: " + JsonWriter.write(document), broken);
            }
        }
    }

    /** Without places, tags and the way it was written: 81.0 is written as 81, and both are one number. */
    private static Object meaning(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping ->
                mapping.entries().stream()
                        .map(entry -> Map.entry(entry.key(), meaning(entry.value())))
                        .toList();
            case YamlNode.Sequence sequence ->
                sequence.items().stream().map(InterpolationFuzz::meaning).toList();
            case YamlNode.Scalar scalar ->
                switch (scalar.value()) {
                    case ScalarValue.Whole whole -> new BigDecimal(whole.value()).doubleValue() + 0.0;
                    case ScalarValue.Fraction fraction -> fraction.value() + 0.0;
                    case ScalarValue.Null other -> other;
                    case ScalarValue.Truth other -> other;
                    case ScalarValue.Date other -> other;
                    case ScalarValue.Text other -> other;
                };
        };
    }
}
