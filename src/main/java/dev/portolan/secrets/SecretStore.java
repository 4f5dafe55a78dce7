package dev.portolan.secrets;

import dev.portolan.model.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A place that keeps secrets. Its errors name the store and the secret, and never hold a value. */
public interface SecretStore {

    /**
     * What it has now of these.
     *
     * @throws dev.portolan.model.UserError when it cannot be asked
     */
    Answer current(Set<String> keys);

    /**
     * What a secret was in a version that {@link #current} has said; empty when the store does not have it any more.
     *
     * @throws dev.portolan.model.UserError when it cannot be asked
     */
    Optional<Secret> earlier(String key, String version);

    /**
     * @param found those that are there
     * @param names of all that are there, as far as it is known
     */
    record Answer(Map<String, Stored> found, Set<String> names) {
        public Answer {
            found = Map.copyOf(found);
            names = Set.copyOf(names);
        }
    }

    /**
     * @param version by which {@link #earlier} gives the same value; empty when the store keeps none but the last
     * @param own whether the version is of this secret alone, so that another value has another one and the same value the same
     */
    record Stored(Secret value, String version, boolean own) {}
}
