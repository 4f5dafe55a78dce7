package dev.portolan.cli;

import dev.portolan.config.SecretVersions;
import dev.portolan.model.SecretSource;
import dev.portolan.secrets.Safe;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The secrets that stores have now.
 *
 * @param safe asked for when there is a secret
 */
record KnownSecrets(Supplier<Safe> safe) implements SecretVersions {

    @Override
    public Map<SecretSource, Answer> of(Map<SecretSource, Set<String>> wanted) {
        Map<SecretSource, Answer> answers = new HashMap<>();
        safe.get().current(wanted).forEach((source, found) -> {
            Map<String, Version> versions = new HashMap<>();
            found.pins().forEach((key, pin) -> versions.put(key, new Version(pin.version(), pin.identity())));
            answers.put(source, new Answer(versions, found.names()));
        });
        return answers;
    }
}
