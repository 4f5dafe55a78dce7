package dev.portolan.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.HostAddress;
import dev.portolan.model.ImageSource;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.TrafficSettings;

/** Records of the model and the journal as JSON. The model itself knows nothing of it. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .addMixIn(ReleaseId.class, ReleaseIdMixin.class)
            .addMixIn(HostAddress.class, HostAddressMixin.class)
            .addMixIn(TrafficSettings.class, TrafficSettingsMixin.class)
            .addMixIn(ImageSource.class, ImageSourceMixin.class)
            .addMixIn(ContainerSpec.FileSource.class, FileSourceMixin.class)
            .build();

    private Json() {}

    /** One line, without a line break at its end. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a value that is no JSON: " + value.getClass(), broken);
        }
    }

    /** @throws MalformedJson when the text is not such a value */
    public static <T> T read(String text, Class<T> type) throws MalformedJson {
        try {
            T value = MAPPER.readValue(text, type);
            if (value == null) {
                throw new MalformedJson("null", null);
            }
            return value;
        } catch (JsonProcessingException broken) {
            throw new MalformedJson(broken.getOriginalMessage(), broken);
        }
    }

    /** A text that is not the JSON it should be. */
    public static final class MalformedJson extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedJson(String message, @org.jspecify.annotations.Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private record ReleaseIdMixin(@JsonValue String value) {
        @JsonCreator
        ReleaseIdMixin {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = HostAddress.Local.class, name = "local"),
        @JsonSubTypes.Type(value = HostAddress.Ssh.class, name = "ssh")
    })
    private interface HostAddressMixin {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = TrafficSettings.Edge.class, name = "edge"),
        @JsonSubTypes.Type(value = TrafficSettings.None.class, name = "none")
    })
    private interface TrafficSettingsMixin {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ImageSource.Pulled.class, name = "pulled"),
        @JsonSubTypes.Type(value = ImageSource.Built.class, name = "built")
    })
    private interface ImageSourceMixin {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ContainerSpec.FileSource.LocalFile.class, name = "file"),
        @JsonSubTypes.Type(value = ContainerSpec.FileSource.Inline.class, name = "inline"),
        @JsonSubTypes.Type(value = ContainerSpec.FileSource.Variable.class, name = "variable")
    })
    private interface FileSourceMixin {}
}
