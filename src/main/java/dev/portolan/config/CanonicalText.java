package dev.portolan.config;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.DataFolder;
import dev.portolan.model.ImageSource;
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.ReleaseFiles;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A text of a value that is the same on every machine and in every version of Portolan, so that its fingerprint names what
 * the value says:
 *
 * <ul>
 *   <li>a text, number, duration or word: its length in UTF-8 bytes, {@code :}, and itself;
 *   <li>a list: {@code [} its items {@code ]};
 *   <li>a map: <code>{</code> its keys, sorted, each with its value <code>}</code>;
 *   <li>a record: its simple name, {@code (}, the names of its components, sorted, each with its value, {@code )}.
 * </ul>
 *
 * <p>A component that is absent, empty, zero or false is left out, so that a later version may add components without
 * changing what exists. What differs between two checkouts of the same app, and does not change what a container is, is left
 * out too: of an image only its digest or the hash of what it is built from counts, of a file not where its
 * content was read and who owns it there, of a folder of data not what it held at first, of a secret not by which version a store
 * gives a value that is the same.
 */
final class CanonicalText {
    /** Components that differ between two checkouts. */
    private static final Map<Class<?>, Set<String>> ELSEWHERE = Map.of(
            ContainerSpec.FileInContainer.class, Set.of("source"),
            ReleaseFiles.class, Set.of("path", "parts"),
            DataFolder.class, Set.of("seed"),
            PinnedSecret.class, Set.of("version"));

    private static final Map<Class<?>, List<RecordComponent>> COMPONENTS = new ConcurrentHashMap<>();

    private CanonicalText() {}

    static String of(Object value) {
        StringBuilder text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    private static void append(StringBuilder text, Object value) {
        switch (value) {
            case ImageSource.Pulled pulled ->
                append(text, pulled.digest() + pulled.platform().orElse(""));
            case ImageSource.Built built -> append(text, built.reference());
            case Optional<?> optional -> optional.ifPresent(present -> append(text, present));
            case Map<?, ?> map -> {
                text.append('{');
                Map<String, Object> sorted = new TreeMap<>();
                map.forEach((key, held) -> sorted.put(String.valueOf(key), held));
                sorted.forEach((key, held) -> {
                    append(text, key);
                    append(text, held);
                });
                text.append('}');
            }
            case Collection<?> items -> {
                text.append('[');
                items.forEach(item -> append(text, item));
                text.append(']');
            }
            case FileInContainer file -> appendRecord(text, withoutOwnerOfCheckout(file));
            case Record found -> appendRecord(text, found);
            default -> {
                String plain = value.toString();
                text.append(plain.getBytes(StandardCharsets.UTF_8).length)
                        .append(':')
                        .append(plain);
            }
        }
    }

    private static FileInContainer withoutOwnerOfCheckout(FileInContainer file) {
        return file.source() instanceof FileSource.LocalFile
                ? new FileInContainer(file.target(), file.source(), file.digest(), file.mode(), 0, 0, file.toUser())
                : file;
    }

    private static void appendRecord(StringBuilder text, Record found) {
        text.append(found.getClass().getSimpleName()).append('(');
        for (RecordComponent component : COMPONENTS.computeIfAbsent(found.getClass(), CanonicalText::components)) {
            Object value = value(found, component);
            if (!absent(value)) {
                append(text, component.getName());
                append(text, value);
            }
        }
        text.append(')');
    }

    private static List<RecordComponent> components(Class<?> type) {
        List<RecordComponent> components = new ArrayList<>(List.of(type.getRecordComponents()));
        Set<String> elsewhere = ELSEWHERE.getOrDefault(type, Set.of());
        components.removeIf(component -> elsewhere.contains(component.getName()));
        components.sort(Comparator.comparing(RecordComponent::getName));
        return components;
    }

    private static Object value(Record found, RecordComponent component) {
        try {
            return component.getAccessor().invoke(found);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("cannot read " + component, broken);
        }
    }

    private static boolean absent(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.isEmpty();
            case Collection<?> items -> items.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case Number number -> number.doubleValue() == 0;
            case Boolean said -> !said;
            case String text -> text.isEmpty();
            case Duration duration -> duration.isZero();
            default -> false;
        };
    }
}
