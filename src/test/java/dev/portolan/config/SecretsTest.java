package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.config.SecretVersions.Answer;
import dev.portolan.config.SecretVersions.Version;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.SecretSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    private static final String PORTOLAN = """
            app: shop
            primary: dublin
            regions:
              dublin: { hosts: [local] }
              sydney: { hosts: [local], secrets: ap, env: { HOST: db.ap } }
            env:
              DATABASE_URL: "mysql://shop:${secret:DB_PASSWORD}@${secret:DB_HOST}/shop"
              TOKEN: ${secret:TOKEN}
              UNUSED: ${secret:NOBODY_ASKS}
              HOST: db.eu
            secrets: { store: age, file: "secrets/${secrets}.age" }
            """;
    private static final String COMPOSE = """
            services:
              web:
                image: shop
                environment: [DATABASE_URL, HOST]
              worker:
                image: shop
                environment: { KEY: "Bearer ${TOKEN}" }
                secrets: [{ source: tls_key, uid: "7", mode: 0400 }]
              cache:
                image: cache
            secrets: { tls_key: { external: true } }
            """;

    @TempDir
    Path path = Path.of("");

    private final Map<SecretSource, Set<String>> asked = new HashMap<>();
    private final Map<String, Version> there = new HashMap<>(Map.of(
            "DB_PASSWORD", new Version("3", "3"),
            "DB_HOST", new Version("1", "1"),
            "TOKEN", new Version("9", "hmac:aa"),
            "tls_key", new Version("2", "2")));

    private AppFolder app() {
        AppFolder app = new AppFolder(path).with("portolan.yml", PORTOLAN).with("compose.yaml", COMPOSE);
        app.secrets = this::answer;
        return app;
    }

    private Map<SecretSource, Answer> answer(Map<SecretSource, Set<String>> wanted) {
        asked.putAll(wanted);
        Map<SecretSource, Answer> answers = new HashMap<>();
        wanted.forEach((source, keys) -> {
            Map<String, Version> found = new TreeMap<>(there);
            found.keySet().retainAll(keys);
            answers.put(source, new Answer(found, there.keySet()));
        });
        return answers;
    }

    private List<PinnedSecret> pinned(AppFolder app, String region, String service) {
        return app.service(region, service).container().process().secrets();
    }

    @Test
    void theMarkTravelsThroughTheComposeFileAndThePinBesideIt() {
        AppFolder app = app();

        var web = app.service("sydney", "web").container().process();
        assertThat(web.environment())
                .isEqualTo(Map.of(
                        "DATABASE_URL", "mysql://shop:${secret:DB_PASSWORD}@${secret:DB_HOST}/shop", "HOST", "db.ap"));
        SecretSource source = new SecretSource.Age("secrets/ap.age");
        assertThat(web.secrets())
                .containsExactly(
                        new PinnedSecret("DB_HOST", source, "DB_HOST", "1", "1"),
                        new PinnedSecret("DB_PASSWORD", source, "DB_PASSWORD", "3", "3"));
        assertThat(app.service("dublin", "worker").container().process().environment())
                .containsEntry("KEY", "Bearer ${secret:TOKEN}");
        assertThat(pinned(app, "dublin", "cache")).isEmpty();
    }

    @Test
    void eachRegionHasItsWordInThePlaceAndOnlyWhatIsUsedIsAskedForOnce() {
        app().read();

        assertThat(asked)
                .isEqualTo(Map.of(
                        new SecretSource.Age("secrets/dublin.age"),
                        Set.of("DB_PASSWORD", "DB_HOST", "TOKEN", "tls_key"),
                        new SecretSource.Age("secrets/ap.age"),
                        Set.of("DB_PASSWORD", "DB_HOST", "TOKEN", "tls_key")));
    }

    @Test
    void anExternalSecretIsAFileWithComposesModeAndOwnerAndNoDigestOfItsValue() {
        FileInContainer file =
                app().service("dublin", "worker").container().storage().files().getFirst();

        assertThat(file.target()).isEqualTo("/run/secrets/tls_key");
        assertThat(file.mode()).isEqualTo(0400);
        assertThat(file.user()).isEqualTo(7);
        assertThat(file.source())
                .isEqualTo(new FileSource.Stored(
                        new PinnedSecret("tls_key", new SecretSource.Age("secrets/dublin.age"), "tls_key", "2", "2")));
    }

    @Test
    void anotherValueReplacesExactlyTheServicesThatUseIt() {
        Map<String, String> before = hashes(app());
        there.put("DB_PASSWORD", new Version("4", "4"));
        Map<String, String> after = hashes(app());

        assertThat(after.get("web")).isNotEqualTo(before.get("web"));
        assertThat(after.get("worker")).isEqualTo(before.get("worker"));
        assertThat(after.get("cache")).isEqualTo(before.get("cache"));
    }

    @Test
    void theSameValueInANewerVersionOfWhatIsKeptTogetherReplacesNothing() {
        var before = app().read().desired();
        there.put("TOKEN", new Version("10", "hmac:aa"));
        var after = app().read().desired();

        assertThat(after.release()).isEqualTo(before.release());

        there.put("TOKEN", new Version("11", "hmac:bb"));
        assertThat(app().read().desired().release()).isNotEqualTo(before.release());
    }

    private static Map<String, String> hashes(AppFolder app) {
        Map<String, String> hashes = new HashMap<>();
        app.read()
                .desired()
                .workload("dublin")
                .services()
                .forEach(service -> hashes.put(service.name(), service.hash()));
        return hashes;
    }

    @Test
    void oneThatIsNotThereIsSaidWithItsRegionItsStoreAndWhatWasMeant() {
        there.remove("DB_HOST");
        there.put("DB_HOSTS", new Version("1", "1"));
        AppFolder app = app();

        assertThat(app.problems())
                .contains(
                        "portolan.yml:7:17: env/DATABASE_URL: region dublin: there is no secret \"DB_HOST\" in the file"
                                + " secrets/dublin.age; did you mean \"DB_HOSTS\"?",
                        "portolan.yml:7:17: env/DATABASE_URL: region sydney: there is no secret \"DB_HOST\" in the file"
                                + " secrets/ap.age; did you mean \"DB_HOSTS\"?");
    }

    @Test
    void aMarkAnywhereButInAnEnvironmentIsRefused() {
        AppFolder app = app().with("compose.yaml", """
                        services:
                          web:
                            image: shop
                            command: serve --token ${TOKEN}
                          worker: { image: shop, labels: { token: "x${TOKEN}" } }
                          build: { build: { context: ., args: { T: "${TOKEN}" } } }
                        configs: { motd: { content: "${TOKEN}" } }
                        """).with("Dockerfile", "FROM scratch\n");

        assertThat(app.problems())
                .filteredOn(problem -> problem.contains("would be seen here"))
                .hasSize(3)
                .anyMatch(problem ->
                        problem.startsWith("compose.yaml:2:3: services/web: ${secret:TOKEN} of portolan.yml"))
                .anyMatch(problem -> problem.contains("services/worker:"))
                .anyMatch(problem -> problem.contains("services/build:"));
    }

    @Test
    void whatOnlyLooksLikeAMarkInTheComposeFileIsTextAsInDockerCompose() {
        AppFolder app = app().with("compose.yaml", """
                        services:
                          web: { image: shop, environment: { A: "$${secret:OTHER}" } }
                        """);

        assertThat(app.service("dublin", "web").container().process().environment())
                .containsEntry("A", "${secret:OTHER}");
        assertThat(pinned(app, "dublin", "web")).isEmpty();
    }

    @Test
    void ofSeveralStoresANameSaysWhich() {
        String several = PORTOLAN.replace("secrets: { store: age, file: \"secrets/${secrets}.age\" }", """
                        secrets:
                          main: { store: vault, address: "https://vault.example:8200/", path: "shop/${secrets}" }
                          shell: { store: environment }
                        """)
                .replace("${secret:DB_PASSWORD}", "${secret:main/DB_PASSWORD}")
                .replace("${secret:DB_HOST}", "${secret:main/DB_HOST}")
                .replace("${secret:TOKEN}", "${secret:shell/TOKEN}")
                .replace("${secret:NOBODY_ASKS}", "x");
        AppFolder app = app().with("portolan.yml", several)
                .with("compose.yaml", COMPOSE.replace("external: true", "external: true, name: main/tls_key"));

        assertThat(pinned(app, "sydney", "web"))
                .extracting(PinnedSecret::source)
                .containsOnly(new SecretSource.Vault("https://vault.example:8200", "secret", "shop/ap", ""));
        assertThat(pinned(app, "sydney", "worker"))
                .containsExactly(
                        new PinnedSecret("shell/TOKEN", new SecretSource.Environment(), "TOKEN", "9", "hmac:aa"));

        assertThat(app.with(
                                "portolan.yml",
                                several.replace("main/DB_HOST", "DB_HOST").replace("shell/", "shel/"))
                        .problems())
                .contains(
                        "portolan.yml:7:17: env/DATABASE_URL: the secret \"DB_HOST\" does not say in which store it is; write"
                                + " STORE/DB_HOST; the stores are main, shell",
                        "portolan.yml:8:10: env/TOKEN: there is no store \"shel\"; did you mean \"shell\"?");
    }

    @Test
    void withoutAStoreBothWaysToAskForOneSayWhatToAdd() {
        AppFolder app = app().with(
                        "portolan.yml",
                        PORTOLAN.replace("secrets: { store: age, file: \"secrets/${secrets}.age\" }\n", ""));

        assertThat(app.problems())
                .contains(
                        "portolan.yml:8:10: env/TOKEN: the secret \"TOKEN\" is to come from a store, and portolan.yml has"
                                + " none; add for example \"secrets: { store: age }\" to portolan.yml",
                        "compose.yaml:11:12: secrets/tls_key: the secret \"tls_key\" is to come from a store, and"
                                + " portolan.yml has none; add for example \"secrets: { store: age }\" to portolan.yml");
    }

    @Test
    void aBuildCannotHaveTheSecretOfAStore() {
        AppFolder app = app().with("compose.yaml", """
                        services:
                          web: { build: { context: ., secrets: [tls_key] } }
                        secrets: { tls_key: { external: true } }
                        """).with("Dockerfile", "FROM scratch\n");

        assertThat(app.problems())
                .anyMatch(problem -> problem.contains("a build cannot have the secret \"tls_key\" of a store"));
    }
}
