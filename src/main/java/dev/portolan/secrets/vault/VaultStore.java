package dev.portolan.secrets.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portolan.model.Secret;
import dev.portolan.model.SecretSource;
import dev.portolan.model.UserError;
import dev.portolan.secrets.Fields;
import dev.portolan.secrets.SecretStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A KV store, version 2: one entry whose fields are secrets or, where the path has {@code ${name}}, one entry for each, with a field
 * {@code value}.
 */
public final class VaultStore implements SecretStore {
    private static final String ONLY_FIELD = "value";

    private final SecretSource.Vault source;
    private final VaultConnection connection;

    /** @param environment of the command line, which says who it is to Vault */
    public VaultStore(SecretSource.Vault source, Map<String, String> environment) {
        this.source = source;
        this.connection = new VaultConnection(source, environment);
    }

    /** @param version of the entry */
    private record Entry(Map<String, Secret> fields, String version) {}

    @Override
    public Answer current(Set<String> keys) {
        Map<String, Stored> found = new HashMap<>();
        if (eachAlone()) {
            keys.forEach(key -> entry(path(key), "")
                    .flatMap(entry -> Optional.ofNullable(entry.fields().get(ONLY_FIELD))
                            .map(value -> new Stored(value, entry.version(), true)))
                    .ifPresent(stored -> found.put(key, stored)));
            return new Answer(found, Set.of());
        }
        Optional<Entry> entry = entry(source.path(), "");
        entry.ifPresent(all ->
                keys.forEach(key -> Optional.ofNullable(all.fields().get(key))
                        .ifPresent(value -> found.put(key, new Stored(value, all.version(), false)))));
        return new Answer(found, entry.map(all -> all.fields().keySet()).orElse(Set.of()));
    }

    @Override
    public Optional<Secret> earlier(String key, String version) {
        return entry(eachAlone() ? path(key) : source.path(), version)
                .flatMap(entry -> Optional.ofNullable(entry.fields().get(eachAlone() ? ONLY_FIELD : key)));
    }

    private boolean eachAlone() {
        return source.path().contains(SecretSource.NAME);
    }

    private String path(String key) {
        return source.path().replace(SecretSource.NAME, key);
    }

    private static String encoded(String path) {
        return Stream.of(path.split("/", -1))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    private Optional<Entry> entry(String path, String version) {
        Optional<JsonNode> answer = connection.read(
                encoded(source.mount()) + "/data/" + encoded(path) + (version.isEmpty() ? "" : "?version=" + version));
        return answer.map(found -> {
            JsonNode data = found.at("/data/data");
            JsonNode number = found.at("/data/metadata/version");
            if (!data.isObject() || !number.isIntegralNumber()) {
                throw new UserError(
                        source.mount() + " of Vault at " + source.address() + " is no KV store of version 2",
                        "name one with \"mount\", or make it one: vault kv enable-versioning " + source.mount());
            }
            return new Entry(Fields.of(data), number.asText());
        });
    }
}
