package dev.portolan.config;

import dev.portolan.model.PinnedSecret;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The secrets that the services of a region use, pinned.
 *
 * @param byName as portolan.yml calls them
 */
record RegionSecrets(Map<String, PinnedSecret> byName) {
    static final RegionSecrets NONE = new RegionSecrets(Map.of());

    RegionSecrets {
        byName = Map.copyOf(byName);
    }

    /** Those whose marks stand in these texts, by name. */
    List<PinnedSecret> in(Collection<String> texts) {
        return new TreeMap<>(byName)
                .values().stream()
                        .filter(secret -> texts.stream().anyMatch(text -> text.contains(secret.mark())))
                        .toList();
    }

    Optional<PinnedSecret> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
