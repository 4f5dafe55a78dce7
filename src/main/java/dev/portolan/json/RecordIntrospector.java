package dev.portolan.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says of records and sealed interfaces what annotations would say, so that the model needs none. */
final class RecordIntrospector extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final String KIND = "type";
    private static final String VALUE = "value";

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        return sealed(annotated.getRawType())
                .map(type -> JsonTypeInfo.Value.construct(
                        JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, KIND, null, false, true, null))
                .orElse(null);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
        return sealed(annotated.getRawType())
                .map(type -> Arrays.stream(type.getPermittedSubclasses())
                        .map(kind -> new NamedType(kind, nameOf(kind)))
                        .toList())
                .orElse(null);
    }

    @Override
    public @Nullable String findTypeName(AnnotatedClass type) {
        return sealed(type.getRawType()).map(found -> nameOf(type.getRawType())).orElse(null);
    }

    @Override
    public @Nullable Boolean hasAsValue(Annotated annotated) {
        boolean ofText = annotated instanceof AnnotatedMethod method
                && isText(method.getDeclaringClass())
                && method.getName().equals(VALUE);
        return ofText ? true : null;
    }

    @Override
    public JsonCreator.@Nullable Mode findCreatorAnnotation(MapperConfig<?> config, Annotated annotated) {
        boolean ofText =
                annotated instanceof AnnotatedConstructor constructor && isText(constructor.getDeclaringClass());
        return ofText ? JsonCreator.Mode.DELEGATING : null;
    }

    /** The sealed interface itself, or that of a record of one. */
    private static Optional<Class<?>> sealed(Class<?> type) {
        if (type.isSealed() && type.isInterface()) {
            return Optional.of(type);
        }
        return type.isRecord()
                ? Arrays.stream(type.getInterfaces()).filter(Class::isSealed).findFirst()
                : Optional.empty();
    }

    /** {@code GoingBack} is {@code going-back}. */
    private static String nameOf(Class<?> kind) {
        return kind.getSimpleName().replaceAll("(?<!^)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Whether it is written as its only component: a text with a type of its own. */
    private static boolean isText(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components != null
                && components.length == 1
                && components[0].getName().equals(VALUE)
                && components[0].getType() == String.class;
    }
}
