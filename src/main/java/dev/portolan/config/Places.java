package dev.portolan.config;

import dev.portolan.model.Place;
import dev.portolan.yaml.Suggestion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Cities and cloud regions by name, from {@code places.txt}, which says where its figures come from. */
public final class Places {
    private static final String RESOURCE = "places.txt";

    private static final class Table {
        private static final Map<String, Place> BY_NAME = load();
    }

    private Places() {}

    /** @param name such as {@code dublin}, {@code san-francisco} or {@code eu-west-1} */
    public static Optional<Place> find(String name) {
        return Optional.ofNullable(Table.BY_NAME.get(name));
    }

    /** The known name that is meant by one that is not known: written otherwise, or nearly the same. */
    public static Optional<String> nearest(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "-");
        return find(plain).isPresent() ? Optional.of(plain) : Suggestion.nearest(plain, names());
    }

    /** Every known name: the cities, then the regions of the clouds. */
    public static Set<String> names() {
        return Table.BY_NAME.keySet();
    }

    private static Map<String, Place> load() {
        Map<String, Place> places = new LinkedHashMap<>();
        try (var input = Objects.requireNonNull(Places.class.getResourceAsStream(RESOURCE), RESOURCE);
                var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                String[] words = line.startsWith("#") ? new String[0] : line.split(" ", -1);
                if (words.length == 3) {
                    places.put(words[0], new Place(Double.parseDouble(words[1]), Double.parseDouble(words[2])));
                } else if (words.length == 2) {
                    places.put(words[0], Objects.requireNonNull(places.get(words[1]), line));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(RESOURCE, broken);
        }
        return Collections.unmodifiableMap(places);
    }
}
