package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.config.SecretVersions.Answer;
import dev.portolan.model.SecretSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/secrets.md are read, each by the schema too, and ask the store that they are about for what they say. */
class SecretsDocumentTest {
    private static final String DOCUMENT = Corpus.text(Path.of("docs/secrets.md"));
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n# ([a-z.]+)\n(.*?)```", Pattern.DOTALL);
    private static final String SMALL = """
            services:
              web: { image: shop, ports: ["3000:3000"], environment: [TOKEN] }
            """;

    @TempDir
    Path path = Path.of("");

    private final Map<SecretSource, Set<String>> asked = new HashMap<>();

    private Map<SecretSource, Answer> answer(Map<SecretSource, Set<String>> wanted) {
        wanted.forEach((source, keys) ->
                asked.computeIfAbsent(source, one -> new HashSet<>()).addAll(keys));
        return SecretVersions.UNRESOLVED.of(wanted);
    }

    @Test
    void everyExampleIsReadAndAsksItsStore() {
        AppFolder app = new AppFolder(path);
        app.secrets = this::answer;
        Matcher examples = EXAMPLE.matcher(DOCUMENT);
        int read = 0;
        while (examples.find()) {
            app.with(examples.group(1), examples.group(2));
            if (examples.group(1).equals("portolan.yml")) {
                assertThat(app.problems())
                        .as(examples.group(2))
                        .allMatch(problem ->
                                problem.contains("DATABASE_") && problem.contains("nothing in the Compose files"));
                assertThat(PortolanSchema.errors(examples.group(2)))
                        .as(examples.group(2))
                        .isEmpty();
                app.with("compose.yaml", SMALL);
                read++;
            }
        }
        assertThat(read).isEqualTo(7);
        assertThat(asked)
                .containsEntry(new SecretSource.Age("secrets/eu.age"), Set.of("DATABASE_PASSWORD", "TOKEN", "tls_key"))
                .containsEntry(
                        new SecretSource.Age("secrets/sydney.age"), Set.of("DATABASE_PASSWORD", "TOKEN", "tls_key"))
                .containsEntry(new SecretSource.Age("secrets.age"), Set.of("TOKEN"))
                .containsEntry(new SecretSource.Aws("eu-west-1", "shop/prod/eu-west-1", ""), Set.of("TOKEN"))
                .containsEntry(new SecretSource.Aws("eu-west-1", "shop/prod/us-west", ""), Set.of("TOKEN"))
                .containsEntry(
                        new SecretSource.Vault("https://vault.example:8200", "secret", "shop/prod/dublin", ""),
                        Set.of("TOKEN"))
                .containsEntry(new SecretSource.Environment(), Set.of("TOKEN"))
                .containsEntry(
                        new SecretSource.Command(java.util.List.of("op", "read", "op://prod/${name}")),
                        Set.of("TOKEN"));
    }

    @Test
    void theErrorThatItShowsIsTheOneThatThereIs() {
        AppFolder app = new AppFolder(path);
        Matcher examples = EXAMPLE.matcher(DOCUMENT);
        for (int count = 0; count < 2 && examples.find(); count++) {
            app.with(examples.group(1), examples.group(2));
        }
        app.secrets = wanted -> {
            Map<SecretSource, Answer> answers = new HashMap<>(SecretVersions.UNRESOLVED.of(wanted));
            answers.replaceAll((source, all) -> {
                var found = new HashMap<>(all.found());
                found.remove("TOKEN");
                return new Answer(found, Set.of("TOKENS"));
            });
            return answers;
        };

        assertThat(app.problems()).anyMatch(problem -> DOCUMENT.contains("\n" + problem + "\n"));
    }
}
