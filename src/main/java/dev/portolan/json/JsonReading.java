package dev.portolan.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one value: each method begins at its first token and ends at its last one. */
final class JsonReading {
    private final JsonParser parser;

    JsonReading(JsonParser parser) {
        this.parser = parser;
    }

    Object read(Type type) throws IOException, MalformedJson {
        if (type instanceof ParameterizedType parameterized) {
            return generic((Class<?>) parameterized.getRawType(), parameterized);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return record(plain);
        }
        return plain.isSealed() ? ofKind(plain) : scalar(plain);
    }

    private Object scalar(Class<?> type) throws IOException, MalformedJson {
        if (type == boolean.class || type == Boolean.class) {
            if (parser.currentToken() != JsonToken.VALUE_TRUE && parser.currentToken() != JsonToken.VALUE_FALSE) {
                throw Json.unexpected(parser, "true or false");
            }
            return parser.getBooleanValue();
        }
        if (type == int.class || type == Integer.class) {
            return number().getIntValue();
        }
        if (type == long.class || type == Long.class) {
            return number().getLongValue();
        }
        if (type == double.class || type == Double.class) {
            return number().getDoubleValue();
        }
        String text = text();
        if (type == String.class) {
            return text;
        }
        if (type == Duration.class) {
            return Duration.parse(text);
        }
        if (type == Instant.class) {
            return Instant.parse(text);
        }
        if (type.isEnum()) {
            return constant(type, text);
        }
        throw new IllegalStateException("no JSON for " + type);
    }

    private static Object constant(Class<?> type, String name) throws MalformedJson {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new MalformedJson("no " + type.getSimpleName() + " is " + name);
    }

    private JsonParser number() throws MalformedJson {
        if (!parser.currentToken().isNumeric()) {
            throw Json.unexpected(parser, "a number");
        }
        return parser;
    }

    private String text() throws IOException, MalformedJson {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw Json.unexpected(parser, "a text");
        }
        return parser.getText();
    }

    private Object generic(Class<?> type, ParameterizedType full) throws IOException, MalformedJson {
        Type[] arguments = full.getActualTypeArguments();
        if (type == Optional.class) {
            return parser.currentToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(read(arguments[0]));
        }
        if (type == Map.class) {
            return map(arguments[0], arguments[1]);
        }
        List<Object> elements = elements(arguments[0]);
        return type == Set.class ? Set.copyOf(new LinkedHashSet<>(elements)) : List.copyOf(elements);
    }

    private List<Object> elements(Type type) throws IOException, MalformedJson {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Json.unexpected(parser, "a list");
        }
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(type));
        }
        return elements;
    }

    private Map<Object, Object> map(Type keys, Type values) throws IOException, MalformedJson {
        mustBeginObject();
        Map<Object, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(keys == Integer.class ? Integer.valueOf(name) : name, read(values));
        }
        return java.util.Collections.unmodifiableMap(map);
    }

    private Object record(Class<?> type) throws IOException, MalformedJson {
        RecordShape shape = RecordShape.of(type);
        if (shape.isText()) {
            return shape.make(text());
        }
        mustBeginObject();
        parser.nextToken();
        return components(shape);
    }

    /** One of a sealed interface, which begins with its kind. */
    private Object ofKind(Class<?> type) throws IOException, MalformedJson {
        mustBeginObject();
        parser.nextToken();
        if (!Kinds.KEY.equals(parser.currentName())) {
            throw Json.unexpected(parser, "\"" + Kinds.KEY + "\"");
        }
        parser.nextToken();
        Class<?> kind = Kinds.named(type, text());
        parser.nextToken();
        return components(RecordShape.of(kind));
    }

    private Object components(RecordShape shape) throws IOException, MalformedJson {
        Object[] components = new Object[shape.components().size()];
        boolean[] present = new boolean[components.length];
        while (parser.currentToken() != JsonToken.END_OBJECT) {
            int index = shape.indexOf(String.valueOf(parser.currentName()));
            parser.nextToken();
            if (index >= 0) {
                components[index] = read(shape.components().get(index).type());
                present[index] = true;
            } else {
                parser.skipChildren();
            }
            parser.nextToken();
        }
        for (int index = 0; index < components.length; index++) {
            if (!present[index]) {
                components[index] = absent(shape, shape.components().get(index));
            }
        }
        return shape.make(components);
    }

    private static Object absent(RecordShape shape, RecordShape.Component component) throws MalformedJson {
        Type type = component.type();
        if (type instanceof ParameterizedType parameterized) {
            Type raw = parameterized.getRawType();
            return raw == Optional.class
                    ? Optional.empty()
                    : raw == Map.class ? Map.of() : raw == Set.class ? Set.of() : List.of();
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        throw new MalformedJson(
                "no " + component.name() + " in a " + shape.type().getSimpleName());
    }

    private void mustBeginObject() throws MalformedJson {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Json.unexpected(parser, "an object");
        }
    }
}
