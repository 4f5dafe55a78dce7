package dev.portolan.secrets;

import dev.portolan.fleet.TaskRunner;
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.Secret;
import dev.portolan.model.SecretSource;
import dev.portolan.model.UserError;
import dev.portolan.secrets.SecretStore.Answer;
import dev.portolan.secrets.SecretStore.Stored;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The secrets of one command: each value is asked for once, kept in memory, and gone with the command. Values leave it by
 * {@link #valueOf} only. May be used by several threads.
 */
public final class Safe {
    private final SecretStores stores;
    private final Supplier<Secret> key;
    private final TaskRunner runner;
    private final Map<Place, Secret> values = new ConcurrentHashMap<>();
    private final Map<Secret, Redaction> redactions = new ConcurrentHashMap<>();
    private Optional<Identities> identities = Optional.empty();

    /** @param key of the app, with which fingerprints are made; asked for when it is needed */
    public Safe(SecretStores stores, Supplier<Secret> key, TaskRunner runner) {
        this.stores = stores;
        this.key = key;
        this.runner = runner;
    }

    private record Place(SecretSource source, String key, String identity) {}

    /**
     * What a source has now.
     *
     * @param pins by key, for each that it has: version and identity
     * @param names of all that it has, as far as it is known
     */
    public record Found(Map<String, Pin> pins, Set<String> names) {}

    /** As {@link PinnedSecret} has them. */
    public record Pin(String version, String identity) {}

    /**
     * Asks all sources at once for what they have now.
     *
     * @throws UserError when one cannot be asked
     */
    public Map<SecretSource, Found> current(Map<SecretSource, Set<String>> wanted) {
        List<Map.Entry<SecretSource, Set<String>>> questions = List.copyOf(wanted.entrySet());
        List<Answer> answers =
                runner.map(questions, question -> stores.at(question.getKey()).current(question.getValue()));
        Map<SecretSource, Found> found = new HashMap<>();
        for (int index = 0; index < questions.size(); index++) {
            SecretSource source = questions.get(index).getKey();
            Map<String, Pin> pins = new HashMap<>();
            answers.get(index).found().forEach((name, stored) -> pins.put(name, pin(source, name, stored)));
            found.put(source, new Found(pins, answers.get(index).names()));
        }
        return found;
    }

    private Pin pin(SecretSource source, String name, Stored stored) {
        String identity = stored.own() ? stored.version() : identities().of(source, name, stored.value());
        values.put(new Place(source, name, identity), stored.value());
        return new Pin(stored.version(), identity);
    }

    /**
     * The value that a release has pinned.
     *
     * @throws UserError when its store does not have that value any more, or cannot be asked
     */
    public Secret valueOf(PinnedSecret pinned) {
        Place place = new Place(pinned.source(), pinned.key(), pinned.identity());
        Secret known = values.get(place);
        if (known != null) {
            return known;
        }
        Secret value = fetch(pinned);
        values.put(place, value);
        return value;
    }

    private Secret fetch(PinnedSecret pinned) {
        SecretStore store = stores.at(pinned.source());
        Optional<Secret> found = pinned.version().isEmpty()
                ? Optional.ofNullable(
                                store.current(Set.of(pinned.key())).found().get(pinned.key()))
                        .map(Stored::value)
                : store.earlier(pinned.key(), pinned.version());
        Secret value = found.orElseThrow(() -> new UserError(
                "the secret \"" + pinned.key() + "\""
                        + pinned.versionText().map(text -> " " + text).orElse("") + " is not in "
                        + pinned.source().text() + " any more",
                "bring it back there, or release what is there now with: portolan deploy"));
        if (!Identities.isVersion(pinned)
                && !identities().of(pinned.source(), pinned.key(), value).equals(pinned.identity())) {
            throw new UserError(
                    "the secret \"" + pinned.key() + "\" is another one in "
                            + pinned.source().text()
                            + " than when the release was made"
                            + (pinned.version().isEmpty() ? ", and earlier values are not kept there" : ""),
                    "bring the value back there, or release the new one with: portolan deploy");
        }
        return value;
    }

    /** A text without the values that this command knows: in plain, in base64 and as they are in addresses. */
    public String redacted(String text) {
        String shown = text;
        for (Secret value : values.values()) {
            shown = redactions.computeIfAbsent(value, Redaction::of).in(shown);
        }
        return shown;
    }

    private synchronized Identities identities() {
        if (identities.isEmpty()) {
            identities = Optional.of(new Identities(key.get()));
        }
        return identities.get();
    }
}
