package dev.portolan.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;

/** The JSON Schema of portolan.yml, as an editor asks it. */
final class PortolanSchema {
    static final String TEXT = Corpus.text(Path.of("src/main/resources/portolan.schema.json"));

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(TEXT, InputFormat.JSON);

    private PortolanSchema() {}

    /** What it says against a portolan.yml; empty when it accepts it. */
    static List<String> errors(String text) {
        JsonNode value =
                YamlReader.read("", text).root().map(PortolanSchema::json).orElse(NODES.nullNode());
        return SCHEMA.validate(value.toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonNode json(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping -> {
                var object = NODES.objectNode();
                mapping.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
                yield object;
            }
            case YamlNode.Sequence sequence -> {
                var array = NODES.arrayNode();
                sequence.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case YamlNode.Scalar scalar ->
                switch (scalar.value()) {
                    case ScalarValue.Null none -> NODES.nullNode();
                    case ScalarValue.Truth truth -> NODES.booleanNode(truth.value());
                    case ScalarValue.Whole whole -> NODES.numberNode(whole.value());
                    case ScalarValue.Fraction fraction -> NODES.numberNode(fraction.value());
                    case ScalarValue.Date date -> NODES.textNode(date.text());
                    case ScalarValue.Text words -> NODES.textNode(words.text());
                };
        };
    }
}
