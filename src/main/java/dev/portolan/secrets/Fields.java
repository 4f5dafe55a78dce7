package dev.portolan.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Secrets that are kept together as one object of JSON. What is wrong with it is never repeated. */
public final class Fields {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Fields() {}

    /** Those of an object; empty when the text is no object of JSON. */
    public static Optional<Map<String, Secret>> of(String text) {
        return tree(text).filter(JsonNode::isObject).map(Fields::of);
    }

    /** The whole text; empty when it is no JSON. */
    public static Optional<JsonNode> tree(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text));
        } catch (JsonProcessingException broken) {
            return Optional.empty();
        }
    }

    /** A field that is no text is its JSON, without that of {@code null}. */
    public static Map<String, Secret> of(JsonNode object) {
        Map<String, Secret> fields = new HashMap<>();
        object.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                String value = field.getValue().isTextual()
                        ? field.getValue().textValue()
                        : field.getValue().toString();
                fields.put(field.getKey(), new Secret(value.getBytes(StandardCharsets.UTF_8)));
            }
        });
        return fields;
    }
}
