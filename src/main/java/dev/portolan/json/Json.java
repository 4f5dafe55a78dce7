package dev.portolan.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON: what is written is read again as an equal record. The records themselves know nothing of it.
 *
 * <p>A record is an object with its components in order; one whose only component is a text called {@code value} is that text. A
 * record of a sealed interface names its kind first, under {@code type}. All of it is ASCII, so that a text which a power cut
 * tore is still text.
 *
 * <p>For what an older Portolan has written: of a component that is absent an {@code Optional} or a collection is empty, a number 0,
 * a truth value false; anything else must be there. What no component is called is passed over.
 */
public final class Json {
    private static final ObjectMapper MAPPER = mapper();

    private Json() {}

    private static ObjectMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .annotationIntrospector(new RecordIntrospector())
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        for (Class<?> collection : List.of(List.class, Set.class, Map.class)) {
            builder.withConfigOverride(
                    collection,
                    override -> override.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY, Nulls.FAIL)));
        }
        return builder.build();
    }

    /** One line, without a line break at its end. */
    public static String write(Record value) {
        return text(value, value.getClass());
    }

    /** As {@link #write(Record)}, for one of a sealed interface: with its kind. */
    public static <T> String write(T value, Class<T> type) {
        return text(value, type);
    }

    private static String text(Object value, Class<?> type) {
        try {
            return MAPPER.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("no JSON for " + type, impossible);
        }
    }

    /** @throws MalformedJson when the text is not such a value */
    public static <T> T read(String text, Class<T> type) throws MalformedJson {
        @Nullable T value;
        try {
            value = MAPPER.readValue(text, type);
        } catch (JsonProcessingException broken) {
            throw new MalformedJson(broken.getOriginalMessage(), broken);
        }
        if (value == null) {
            throw new MalformedJson("null");
        }
        return value;
    }
}
