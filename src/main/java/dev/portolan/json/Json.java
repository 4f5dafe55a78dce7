package dev.portolan.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;

/**
 * Records as JSON, exactly: what is written is read again as an equal record. A component may be a text, a number, a truth value, an
 * enum, a {@code Duration}, an {@code Instant}, a record, a sealed interface of records, or an {@code Optional}, {@code List},
 * {@code Set} or {@code Map} (by text or number) of such. The records themselves know nothing of it.
 *
 * <p>A record is an object with its components in order; one whose only component is a text called {@code value} is that text. A
 * record of a sealed interface names its kind first, under {@code type}. All of it is ASCII, so that a text which a power cut
 * tore is still text.
 *
 * <p>For what an older Portolan has written: of a component that is absent an {@code Optional} or a collection is empty, a number 0,
 * a truth value false; anything else must be there. What no component is called is passed over.
 */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Json() {}

    /** One line, without a line break at its end. */
    public static String write(Record value) {
        return text(value, value.getClass());
    }

    /** As {@link #write(Record)}, for one of a sealed interface: with its kind. */
    public static <T> String write(T value, Class<T> type) {
        return text(value, type);
    }

    private static String text(Object value, Class<?> type) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            new JsonWriting(generator).write(value, type);
        } catch (IOException impossible) {
            throw new IllegalStateException("memory takes everything", impossible);
        }
        return text.toString();
    }

    /** @throws MalformedJson when the text is not such a value */
    public static <T> T read(String text, Class<T> type) throws MalformedJson {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            T value = type.cast(new JsonReading(parser).read(type));
            if (parser.nextToken() != null) {
                throw new MalformedJson("something follows its end");
            }
            return value;
        } catch (JsonProcessingException broken) {
            throw new MalformedJson(broken.getOriginalMessage(), broken);
        } catch (IOException | DateTimeException | IllegalArgumentException broken) {
            throw new MalformedJson(String.valueOf(broken.getMessage()), broken);
        }
    }

    static MalformedJson unexpected(JsonParser parser, String wanted) {
        JsonToken found = parser.currentToken();
        return new MalformedJson("there should be " + wanted + ", not "
                + (found == null ? "an end" : found.asString() == null ? "a value" : found.asString()));
    }
}
