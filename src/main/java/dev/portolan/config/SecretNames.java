package dev.portolan.config;

import dev.portolan.model.SecretSource;
import java.util.Map;
import java.util.Optional;

/** Which secret of which store a name means. */
final class SecretNames {
    /** The name of a store that is the only one and has none. */
    static final String ONLY = "";

    private SecretNames() {}

    record Resolved(SecretSource source, String key) {}

    /**
     * Empty when there is a problem, which is said at {@code at}.
     *
     * @param stores by name; one that is called {@link #ONLY} is the only one
     */
    static Optional<Resolved> resolve(
            Map<String, SecretSource> stores, String name, Located<String> at, Problems problems) {
        if (!SecretReferences.isName(name)) {
            problems.error(at, "\"" + name + "\" is no name of a secret", "use letters, digits, and _ . / - inside");
            return Optional.empty();
        }
        if (stores.isEmpty()) {
            problems.error(
                    at,
                    "the secret \"" + name + "\" is to come from a store, and portolan.yml has none",
                    "add for example \"secrets: { store: age }\" to portolan.yml");
            return Optional.empty();
        }
        SecretSource only = stores.get(ONLY);
        if (only != null) {
            return Optional.of(new Resolved(only, name));
        }
        int slash = name.indexOf('/');
        String store = slash < 0 ? "" : name.substring(0, slash);
        SecretSource found = stores.get(store);
        if (found == null || slash == name.length() - 1) {
            String names = String.join(", ", stores.keySet());
            problems.error(
                    at,
                    slash < 0
                            ? "the secret \"" + name + "\" does not say in which store it is"
                            : "there is no store \"" + store + "\"",
                    slash < 0
                            ? "write STORE/" + name + "; the stores are " + names
                            : Problems.didYouMean(store, stores.keySet(), "the stores are " + names));
            return Optional.empty();
        }
        return Optional.of(new Resolved(found, name.substring(slash + 1)));
    }
}
