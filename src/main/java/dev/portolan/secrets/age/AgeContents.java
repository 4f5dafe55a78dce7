package dev.portolan.secrets.age;

import dev.portolan.model.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is in the file when it is open: JSON. Pure.
 *
 * @param recipients who can read it
 * @param secrets by name, each with its values, the oldest first
 */
record AgeContents(List<String> recipients, Map<String, List<Value>> secrets) {
    /** As many as the journal keeps rollouts: each of them may be the only one with its value. */
    static final int KEPT = 50;

    AgeContents {
        recipients = List.copyOf(recipients);
        secrets = new TreeMap<>(secrets);
    }

    /**
     * @param version 1 or more
     * @param text if it is one
     * @param base64 if it is no text
     */
    record Value(int version, Instant set, Optional<String> text, Optional<String> base64) {

        static Value of(int version, Instant now, Secret secret) {
            byte[] bytes = secret.reveal();
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                return new Value(version, now, Optional.of(text), Optional.empty());
            } catch (CharacterCodingException binary) {
                return new Value(
                        version,
                        now,
                        Optional.empty(),
                        Optional.of(Base64.getEncoder().encodeToString(bytes)));
            }
        }

        /** Empty where the secret was taken away. */
        Optional<Secret> secret() {
            return text.map(found -> found.getBytes(StandardCharsets.UTF_8))
                    .or(() -> base64.map(Base64.getDecoder()::decode))
                    .map(Secret::new);
        }

        @Override
        public String toString() {
            return "v" + version;
        }
    }

    @Override
    public String toString() {
        return secrets.keySet().toString();
    }

    /** The last value of a secret; empty when there is none, or it was taken away. */
    Optional<Value> current(String name) {
        return values(name).reversed().stream()
                .findFirst()
                .filter(value -> value.secret().isPresent());
    }

    Optional<Secret> of(String name, String version) {
        return values(name).stream()
                .filter(value -> Integer.toString(value.version()).equals(version))
                .findFirst()
                .flatMap(Value::secret);
    }

    /** Names of those that are there. */
    List<String> names() {
        return secrets.keySet().stream()
                .filter(name -> current(name).isPresent())
                .toList();
    }

    AgeContents with(String name, Secret secret, Instant now) {
        if (current(name).flatMap(Value::secret).equals(Optional.of(secret))) {
            return this;
        }
        return adding(name, Value.of(nextVersion(name), now, secret));
    }

    /** Earlier releases can still have what it was. */
    AgeContents without(String name, Instant now) {
        return current(name).isEmpty()
                ? this
                : adding(name, new Value(nextVersion(name), now, Optional.empty(), Optional.empty()));
    }

    AgeContents forgetting(String name) {
        Map<String, List<Value>> left = new TreeMap<>(secrets);
        left.remove(name);
        return new AgeContents(recipients, left);
    }

    /** With the last value of each only. */
    AgeContents withoutEarlier() {
        return new AgeContents(
                recipients, names().stream().collect(Collectors.toMap(name -> name, name -> List.of(last(name)))));
    }

    AgeContents readBy(List<String> others) {
        return new AgeContents(others, secrets);
    }

    private AgeContents adding(String name, Value value) {
        List<Value> values = new ArrayList<>(values(name));
        values.add(value);
        Map<String, List<Value>> changed = new TreeMap<>(secrets);
        changed.put(name, List.copyOf(values.subList(Math.max(0, values.size() - KEPT), values.size())));
        return new AgeContents(recipients, changed);
    }

    private Value last(String name) {
        return values(name).getLast();
    }

    private int nextVersion(String name) {
        return values(name).isEmpty() ? 1 : last(name).version() + 1;
    }

    private List<Value> values(String name) {
        return secrets.getOrDefault(name, List.of());
    }
}
