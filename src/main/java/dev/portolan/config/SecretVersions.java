package dev.portolan.config;

import dev.portolan.model.SecretSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Knows which value of each secret a store has now, so that a release pins it. */
@FunctionalInterface
public interface SecretVersions {

    /** For commands that are not about secrets: every secret is taken to be there. */
    SecretVersions UNRESOLVED = wanted -> {
        Map<SecretSource, Answer> answers = new HashMap<>();
        wanted.forEach((source, keys) -> answers.put(
                source,
                new Answer(keys.stream().collect(Collectors.toMap(key -> key, key -> new Version("", ""))), Set.of())));
        return answers;
    };

    /**
     * Asks all sources at once.
     *
     * @param wanted what is asked for, by source
     * @return an answer for each source
     * @throws dev.portolan.model.UserError when one cannot be asked
     */
    Map<SecretSource, Answer> of(Map<SecretSource, Set<String>> wanted);

    /**
     * @param found those that are there
     * @param names of all that are there, as far as the source tells, to find what was meant
     */
    record Answer(Map<String, Version> found, Set<String> names) {}

    /** As {@link dev.portolan.model.PinnedSecret} has them. */
    record Version(String version, String identity) {}
}
