package dev.portolan.config;

import dev.portolan.model.SecretSource;
import dev.portolan.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code secrets}: one store, or several by name. */
final class StoresReader {
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    static final Pattern ADDRESS =
            Pattern.compile("https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?(/[A-Za-z0-9._/-]*)?");

    private static final String AGE_FILE = "secrets.age";
    private static final String VAULT_MOUNT = "secret";
    private static final List<String> KINDS = List.of("age", "aws-secrets-manager", "vault", "environment", "command");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}?");
    private static final String EXAMPLE = "\"secrets: { store: age }\"";

    private final Problems problems;

    StoresReader(Problems problems) {
        this.problems = problems;
    }

    /** By name; the only one may be called {@link SecretNames#ONLY}. Those that can be read. */
    Map<String, SecretSource> read(Section root) {
        Map<String, SecretSource> stores = new LinkedHashMap<>();
        root.section("secrets", EXAMPLE).ifPresent(section -> {
            if (section.value("store").filter(YamlNode.Scalar.class::isInstance).isPresent()) {
                store(section).ifPresent(store -> stores.put(SecretNames.ONLY, store));
                return;
            }
            if (section.entries().isEmpty()) {
                problems.error(section.location(), section.path(), "there is no store", "write for example " + EXAMPLE);
            }
            for (YamlNode.Entry entry : section.entries()) {
                named(section, entry).ifPresent(store -> stores.put(entry.key(), store));
            }
        });
        return stores;
    }

    private Optional<SecretSource> named(Section section, YamlNode.Entry entry) {
        String where = section.path(entry.key());
        if (!NAME.matcher(entry.key()).matches()) {
            problems.error(
                    entry.keyLocation(),
                    where,
                    "\"" + entry.key() + "\" is no name of a store",
                    "use letters, digits, and . _ - inside");
        }
        return section.section(entry.value(), where, "\"" + entry.key() + ": { store: age }\"")
                .flatMap(this::store);
    }

    private Optional<SecretSource> store(Section store) {
        store.require("store", "write for example " + EXAMPLE);
        Optional<Located<String>> kind = store.text("store", EXAMPLE);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        return switch (kind.get().value()) {
            case "age" -> age(store);
            case "aws-secrets-manager" -> aws(store);
            case "vault" -> vault(store);
            case "environment" -> {
                store.allow(List.of("store"), Map.of());
                yield Optional.of(new SecretSource.Environment());
            }
            case "command" -> command(store);
            default -> {
                problems.error(
                        kind.get(),
                        "unknown store \"" + kind.get().value() + "\"",
                        Problems.didYouMean(kind.get().value(), KINDS, "the stores are " + String.join(", ", KINDS)));
                yield Optional.empty();
            }
        };
    }

    private Optional<SecretSource> age(Section store) {
        store.allow(List.of("store", "file"), Map.of());
        String example = "\"file: secrets/${secrets}.age\"";
        return Optional.of(new SecretSource.Age(
                template(store, "file", example, List.of(SecretSource.REGION)).orElse(AGE_FILE)));
    }

    private Optional<SecretSource> aws(Section store) {
        store.allow(List.of("store", "region", "id", "endpoint"), Map.of());
        String id = "\"id: shop/prod/${secrets}\"";
        store.require("region", "say which region of AWS has them, such as \"region: eu-west-1\"");
        store.require("id", "say what they are called there, such as " + id);
        Optional<String> region = store.text("region", "\"region: eu-west-1\"").map(Located::value);
        Optional<String> given = template(store, "id", id, List.of(SecretSource.REGION, SecretSource.NAME));
        Optional<String> endpoint = address(store, "endpoint", "\"endpoint: http://localhost:5000\"");
        return region.flatMap(there -> given.map(found -> new SecretSource.Aws(there, found, endpoint.orElse(""))));
    }

    private Optional<SecretSource> vault(Section store) {
        store.allow(List.of("store", "address", "path", "mount", "namespace"), Map.of());
        String path = "\"path: shop/prod/${secrets}\"";
        String address = "\"address: https://vault.example:8200\"";
        store.require("address", "write for example " + address);
        store.require("path", "say where they are, such as " + path);
        Optional<String> server = address(store, "address", address);
        Optional<String> given = template(store, "path", path, List.of(SecretSource.REGION, SecretSource.NAME));
        String mount = store.text("mount", "\"mount: kv\"").map(Located::value).orElse(VAULT_MOUNT);
        String namespace = store.text("namespace", "\"namespace: shop\"")
                .map(Located::value)
                .orElse("");
        return server.flatMap(there -> given.map(found -> new SecretSource.Vault(there, mount, found, namespace)));
    }

    private Optional<SecretSource> command(Section store) {
        store.allow(List.of("store", "command"), Map.of());
        String example = "\"command: op read op://prod/${name}\"";
        store.require("command", "write for example " + example);
        Optional<YamlNode> node = store.value("command");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        if (node.get() instanceof YamlNode.Sequence sequence) {
            for (int index = 0; index < sequence.items().size(); index++) {
                store.text(sequence.items().get(index), store.path("command/" + index), example)
                        .ifPresent(word -> words.add(word.value()));
            }
        } else {
            store.text("command", example)
                    .ifPresent(line -> words.addAll(List.of(line.value().strip().split("\\s+", -1))));
        }
        Located<String> all = new Located<>(String.join(" ", words), node.get().location(), store.path("command"));
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            return Optional.empty(); // said above, or below by the schema's own words
        }
        boolean good = known(all, example, List.of(SecretSource.REGION, SecretSource.NAME));
        if (!all.value().contains(SecretSource.NAME)) {
            problems.error(
                    all,
                    "it has no ${name}, so it would print the same for every secret",
                    "write for example " + example);
            return Optional.empty();
        }
        return good ? Optional.of(new SecretSource.Command(words)) : Optional.empty();
    }

    private Optional<String> template(Section store, String key, String example, List<String> known) {
        return store.text(key, example)
                .filter(found -> known(found, example, known))
                .map(Located::value);
    }

    private boolean known(Located<String> text, String example, List<String> known) {
        List<String> unknown = PLACEHOLDER
                .matcher(text.value())
                .results()
                .map(found -> found.group())
                .filter(found -> !known.contains(found))
                .toList();
        unknown.forEach(found -> problems.error(
                text, found + " means nothing here", "write " + String.join(" or ", known) + ", as in " + example));
        if (text.value().isBlank()) {
            problems.error(text, "it is empty", "write for example " + example);
        }
        return unknown.isEmpty() && !text.value().isBlank();
    }

    private Optional<String> address(Section store, String key, String example) {
        return store.text(key, example).flatMap(found -> {
            if (ADDRESS.matcher(found.value()).matches()) {
                return Optional.of(found.value().replaceAll("/+$", ""));
            }
            problems.error(found, "\"" + found.value() + "\" is no address of HTTP", "write for example " + example);
            return Optional.empty();
        });
    }
}
