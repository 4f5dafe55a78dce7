package dev.portolan.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes one value. */
final class JsonWriting {
    private final JsonGenerator generator;

    JsonWriting(JsonGenerator generator) {
        this.generator = generator;
    }

    /** @param type as it is declared where the value stands */
    @SuppressWarnings("IfChainToSwitch")
    void write(Object value, Type type) throws IOException {
        // plain comparisons: a switch over patterns is bootstrapped anew in each process, which costs more than all of
        // this
        if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof Integer number) {
            generator.writeNumber(number);
        } else if (value instanceof Long number) {
            generator.writeNumber(number);
        } else if (value instanceof Double number) {
            generator.writeNumber(number);
        } else if (value instanceof Enum<?> constant) {
            generator.writeString(constant.name());
        } else if (value instanceof Duration || value instanceof Instant) {
            generator.writeString(value.toString());
        } else if (value instanceof Optional<?> optional) {
            optional(optional, type);
        } else if (value instanceof Map<?, ?> map) {
            map(map, type);
        } else if (value instanceof Collection<?> collection) {
            collection(collection, type);
        } else if (value instanceof Record) {
            record(value, type);
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private void optional(Optional<?> optional, Type type) throws IOException {
        if (optional.isPresent()) {
            write(optional.get(), argument(type, 0));
        } else {
            generator.writeNull();
        }
    }

    /** In the order of the keys, so that the same record is the same text. */
    private void map(Map<?, ?> map, Type type) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
            generator.writeFieldName(String.valueOf(entry.getKey()));
            write(entry.getValue(), argument(type, 1));
        }
        generator.writeEndObject();
    }

    private void collection(Collection<?> collection, Type type) throws IOException {
        generator.writeStartArray();
        for (Object element : collection instanceof java.util.Set<?> set ? new TreeSet<>(set) : collection) {
            write(element, argument(type, 0));
        }
        generator.writeEndArray();
    }

    private void record(Object value, Type type) throws IOException {
        RecordShape shape = RecordShape.of(value.getClass());
        if (shape.isText()) {
            generator.writeString((String) shape.components().getFirst().of(value));
            return;
        }
        generator.writeStartObject();
        if (type instanceof Class<?> declared && declared.isSealed()) {
            generator.writeStringField(Kinds.KEY, Kinds.nameOf(value.getClass()));
        }
        for (RecordShape.Component component : shape.components()) {
            generator.writeFieldName(component.name());
            write(component.of(value), component.type());
        }
        generator.writeEndObject();
    }

    static Type argument(Type type, int index) {
        if (type instanceof ParameterizedType parameterized) {
            return parameterized.getActualTypeArguments()[index];
        }
        throw new IllegalArgumentException("a collection of what: " + type);
    }
}
