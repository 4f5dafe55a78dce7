package dev.portolan.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.fleet.Threads;
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.Secret;
import dev.portolan.model.SecretSource;
import dev.portolan.model.UserError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SafeTest {
    private static final SecretSource SOURCE = new SecretSource.Environment();

    /** Keeps versions of all its secrets together, or none. */
    private static final class FakeStore implements SecretStore {
        private final List<Map<String, String>> versions = new ArrayList<>();
        private final List<Set<String>> asked = Collections.synchronizedList(new ArrayList<>());
        private final boolean keepsVersions;

        FakeStore(boolean keepsVersions) {
            this.keepsVersions = keepsVersions;
        }

        @Override
        public Answer current(Set<String> keys) {
            asked.add(keys);
            Map<String, Stored> found = new HashMap<>();
            versions.getLast().forEach((name, value) -> {
                if (keys.contains(name)) {
                    found.put(
                            name,
                            new Stored(secret(value), keepsVersions ? Integer.toString(versions.size()) : "", false));
                }
            });
            return new Answer(found, versions.getLast().keySet());
        }

        @Override
        public Optional<Secret> earlier(String key, String version) {
            return Optional.ofNullable(
                            versions.get(Integer.parseInt(version) - 1).get(key))
                    .map(SafeTest::secret);
        }
    }

    private static Secret secret(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Safe safe(FakeStore store) {
        return new Safe(source -> store, () -> secret("a key"), new Threads());
    }

    private static PinnedSecret pinned(Safe safe, String name) {
        Safe.Pin pin = safe.current(Map.of(SOURCE, Set.of(name)))
                .getOrDefault(SOURCE, new Safe.Found(Map.of(), Set.of()))
                .pins()
                .getOrDefault(name, new Safe.Pin("", ""));
        return new PinnedSecret(name, SOURCE, name, pin.version(), pin.identity());
    }

    @Test
    void aValueIsAskedForOnceAndIsTheOneThatWasPinned() {
        FakeStore store = new FakeStore(false);
        store.versions.add(Map.of("A", "first"));
        Safe safe = safe(store);
        PinnedSecret pinned = pinned(safe, "A");
        store.versions.add(Map.of("A", "changed in between"));

        assertThat(safe.valueOf(pinned)).isEqualTo(secret("first"));
        assertThat(store.asked).hasSize(1);
    }

    @Test
    void aFingerprintIsTheSameForTheSameValueAndTellsNothingOfItToWhoHasNoKey() {
        FakeStore store = new FakeStore(false);
        store.versions.add(Map.of("A", "hunter2", "B", "hunter2"));

        PinnedSecret first = pinned(safe(store), "A");
        assertThat(pinned(safe(store), "A")).isEqualTo(first);
        assertThat(first.identity()).matches("hmac:[0-9a-f]{32}");
        assertThat(pinned(safe(store), "B").identity()).isNotEqualTo(first.identity());
        Safe other = new Safe(source -> store, () -> secret("another key"), new Threads());
        assertThat(pinned(other, "A").identity()).isNotEqualTo(first.identity());
    }

    @Test
    void anEarlierVersionIsAskedForByItsNumber() {
        FakeStore store = new FakeStore(true);
        store.versions.add(Map.of("A", "old"));
        PinnedSecret pinned = pinned(safe(store), "A");
        store.versions.add(Map.of("A", "new"));

        assertThat(safe(store).valueOf(pinned)).isEqualTo(secret("old"));
    }

    @Test
    void whatIsNotWhatItWasIsRefusedWithoutItsValue() {
        FakeStore store = new FakeStore(false);
        store.versions.add(Map.of("A", "hunter2"));
        PinnedSecret pinned = pinned(safe(store), "A");
        store.versions.add(Map.of("A", "hunter3"));

        assertThatThrownBy(() -> safe(store).valueOf(pinned))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "the secret \"A\" is another one in the environment of this command than when the release was"
                                + " made, and earlier values are not kept there");
        store.versions.add(Map.of());
        assertThatThrownBy(() -> safe(store).valueOf(pinned))
                .isInstanceOf(UserError.class)
                .hasMessage("the secret \"A\" is not in the environment of this command any more");
    }

    @Test
    void textsOfOthersLoseTheValuesInEveryForm() {
        FakeStore store = new FakeStore(false);
        store.versions.add(Map.of("A", "p@ss w/rd", "KEY", "-----BEGIN-----\nMIIabc123\n", "PIN", "123"));
        Safe safe = safe(store);
        safe.current(Map.of(SOURCE, Set.of("A", "KEY", "PIN")));

        assertThat(safe.redacted("plain p@ss w/rd, address p%40ss+w%2Frd or p%40ss%20w%2Frd, base64 cEBzcyB3L3Jk or"
                        + " aHR0cHM6Ly91OnBAc3Mgdy9yZEBo, a line"
                        + " MIIabc123, 123"))
                .isEqualTo(
                        "plain (secret), address (secret) or (secret), base64 (secret) or aHR0cHM6Ly91On(secret)EBo, a line (secret), 123");
    }
}
