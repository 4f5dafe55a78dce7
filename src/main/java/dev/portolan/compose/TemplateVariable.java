package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.JsonWriter;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import dev.portolan.yaml.YamlWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variable that stands in a file.
 *
 * @param required whether it must be set
 * @param otherwise its value when it is not set; empty for none
 * @param instead the value in its place when it is set; empty for its own
 */
public record TemplateVariable(String name, boolean required, String otherwise, String instead) {
    private static final SourceLocation NOWHERE = SourceLocation.wholeFile("");
    private static final Pattern START =
            Pattern.compile("\\$(?:\\$|([_a-zA-Z][_a-zA-Z0-9]*)|\\{([_a-zA-Z][_a-zA-Z0-9]*))");
    private static final Pattern OPERATOR = Pattern.compile(":?([-+?])");

    /** All in a tree, sorted by name, each once. */
    static List<TemplateVariable> in(YamlNode root) {
        Map<String, TemplateVariable> found = new TreeMap<>();
        collect(root, found);
        return List.copyOf(found.values());
    }

    /** As {@code docker compose config --variables --format json} lists them. */
    public static String json(List<TemplateVariable> variables) {
        return JsonWriter.write(tree(variables, "Name", "DefaultValue", "PresenceValue", "Required"));
    }

    /** As {@code docker compose config --variables --format yaml} lists them. */
    public static String yaml(List<TemplateVariable> variables) {
        return YamlWriter.write(tree(variables, "name", "defaultvalue", "presencevalue", "required"));
    }

    private static Mapping tree(
            List<TemplateVariable> variables, String name, String otherwise, String instead, String required) {
        return new Mapping(
                variables.stream()
                        .map(variable -> Trees.entry(
                                variable.name,
                                Trees.mapping(
                                        NOWHERE,
                                        Trees.entry(name, Scalar.string(variable.name, NOWHERE)),
                                        Trees.entry(otherwise, Scalar.string(variable.otherwise, NOWHERE)),
                                        Trees.entry(instead, Scalar.string(variable.instead, NOWHERE)),
                                        Trees.entry(required, Trees.truth(variable.required, NOWHERE)))))
                        .toList(),
                NOWHERE);
    }

    private static void collect(YamlNode node, Map<String, TemplateVariable> found) {
        switch (node) {
            case Mapping mapping -> mapping.entries().forEach(entry -> collect(entry.value(), found));
            case Sequence sequence -> sequence.items().forEach(item -> collect(item, found));
            case Scalar scalar -> {
                if (Trees.isText(scalar)) {
                    collect(scalar.text(), found);
                }
            }
        }
    }

    private static void collect(String text, Map<String, TemplateVariable> found) {
        Matcher start = START.matcher(text);
        int position = 0;
        while (start.find(position)) {
            position = start.end();
            if (start.group(1) != null) {
                add(new TemplateVariable(start.group(1), false, "", ""), found);
            } else if (start.group(2) != null) {
                int end = end(text, position);
                braced(start.group(2), text.substring(position, end), found);
                position = end;
            }
        }
    }

    private static void braced(String name, String rest, Map<String, TemplateVariable> found) {
        Matcher operator = OPERATOR.matcher(rest);
        String operand = operator.lookingAt() ? rest.substring(operator.end()) : "";
        String kind = operator.lookingAt() ? operator.group(1) : "";
        add(
                new TemplateVariable(
                        name, kind.equals("?"), kind.equals("-") ? operand : "", kind.equals("+") ? operand : ""),
                found);
        if (!kind.equals("?")) {
            collect(operand, found);
        }
    }

    private static void add(TemplateVariable variable, Map<String, TemplateVariable> found) {
        found.put(variable.name(), variable);
    }

    /** Where the brace closes that is open at the start. */
    private static int end(String text, int start) {
        int open = 1;
        for (int index = start; index < text.length(); index++) {
            open += text.charAt(index) == '{' ? 1 : text.charAt(index) == '}' ? -1 : 0;
            if (open == 0) {
                return index;
            }
        }
        return text.length();
    }
}
