package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.model.RolloutSettings;
import dev.portolan.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonSchemaTest {
    private static final String TEXT = PortolanSchema.TEXT;

    static Stream<Path> good() {
        return Stream.concat(
                Corpus.files("good"), Corpus.files("beyond-the-schema").filter(JsonSchemaTest::isYaml));
    }

    static Stream<Path> bad() {
        return Corpus.files("bad");
    }

    private static boolean isYaml(Path file) {
        return YamlReader.read("", Corpus.text(file)).problems().isEmpty();
    }

    @ParameterizedTest
    @MethodSource("good")
    void theSchemaAcceptsWhatIsGoodByItsRules(Path file) {
        assertThat(errors(file)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void theSchemaRefusesWhatTheReaderRefuses(Path file) {
        assertThat(errors(file)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.portolan.config.JsonSchemaTest#goodFiles")
    void theReaderAcceptsWhatTheSchemaAccepts(Path file) {
        Problems problems = new Problems();
        new PortolanFileReader(problems).read("portolan.yml", Corpus.text(file));

        assertThat(problems.all()).isEmpty();
    }

    static Stream<Path> goodFiles() {
        return Corpus.files("good");
    }

    /** Each wrong line of the bad files, alone in an otherwise good one, is refused by both. */
    @ParameterizedTest
    @MethodSource("single")
    void eachMistakeAloneIsRefusedByBoth(String text) {
        Problems problems = new Problems();
        new PortolanFileReader(problems).read("portolan.yml", text);

        assertThat(problems.all()).as("by the reader").isNotEmpty();
        assertThat(PortolanSchema.errors(text)).as("by the schema").isNotEmpty();
    }

    static Stream<String> single() {
        List<String> texts = new ArrayList<>();
        String app = "app: shop\n";
        String region = "regions: { dublin: { hosts: [local] } }\n";
        for (String line : List.of(
                "nonsense: 1",
                "primary: 7",
                "secrets: {}",
                "secrets: age",
                "secrets: { store: ag }",
                "secrets: { store: age, path: x }",
                "secrets: { store: age, file: '' }",
                "secrets: { store: age, file: 'x.${name}' }",
                "secrets: { store: vault }",
                "secrets: { store: vault, address: 'vault.example', path: shop }",
                "secrets: { store: aws-secrets-manager, region: eu-west-1 }",
                "secrets: { store: aws-secrets-manager, id: shop }",
                "secrets: { store: environment, file: x }",
                "secrets: { store: command }",
                "secrets: { store: command, command: op read op://prod/token }",
                "secrets: { one: age }",
                "secrets: { one: {} }",
                "secrets: { 'o/ne': { store: age } }",
                "env: { A: '${secret:}' }",
                "env: { A: '${secrets:X}' }",
                "env: { A: '${secret:X} ${HOME}' }",
                "release: {}",
                "release:",
                "release: []",
                "release: { service: web }",
                "release: { command: migrate }",
                "release: { service: web, command: 7 }",
                "release: { service: web, command: ' ' }",
                "release: { service: web, command: [] }",
                "release: { service: web, command: [migrate, 7] }",
                "release: { service: web, command: migrate, timeout: 5 }",
                "release: { service: web, command: migrate, timeout: 999ms }",
                "release: { service: web, command: migrate, regions: all }",
                "logs: []",
                "env: []",
                "env: { A: }",
                "env: { A: [] }",
                "env: { A: '${HOME}' }",
                "env: { A-B: x }",
                "env: { PORTOLAN_X: x }",
                "routes: {}",
                "routes: [ web ]",
                "routes: [ {} ]",
                "routes: [ { service: web, path: / } ]",
                "routes: [ { service: 3 } ]",
                "routes: [ { service: web, port: 0 } ]",
                "routes: [ { service: web, port: '80' } ]",
                "routes: [ { service: web, health: x } ]",
                "routes: [ { service: web, host: A.example } ]",
                "routes: [ { service: web, host: '*.example' } ]",
                "routes: [ { service: web, sticky: '' } ]",
                "routes: [ { tcp: 0, service: db } ]",
                "routes: [ { tcp: '5432', service: db } ]",
                "routes: [ { tcp: 5432 } ]",
                "routes: [ { tcp: 5432, service: db, host: db.example } ]",
                "routes: [ { tcp: 5432, service: db, health: / } ]",
                "routes: [ { tcp: 5432, service: db, sticky: _s } ]",
                "rollout: []",
                "rollout: { canary: {} }",
                "rollout: { max_parallel: 0 }",
                "rollout: { max_parallel: 1.5 }",
                "rollout: { monitor: 5 }",
                "rollout: { monitor: 1s1h }",
                "rollout: { healthy: 0s }",
                "rollout: { retain: 0 }",
                "rollout: { retain: all }",
                "rollout: { healthy: 999ms }",
                "traffic: edge",
                "traffic: { port: 80 }",
                "traffic: { provider: cloudflare }",
                "traffic: { provider: none, port: 80 }",
                "traffic: { provider: edge, port: 65536 }",
                "traffic: { provider: edge, zone: a }")) {
            texts.add(app + region + line + "\n");
        }
        for (String line : List.of(
                "regions:",
                "regions: {}",
                "regions: []",
                "regions: { dublin: }",
                "regions: { dublin: { hosts: [] } }",
                "regions: { dublin: { hosts: local } }",
                "regions: { dublin: { hosts: tofu } }",
                "regions: { dublin: { hosts: ['ann@'] } }",
                "regions: { dublin: { hosts: [local, local] } }",
                "regions: { dublin: { hosts: [{}] } }",
                "regions: { dublin: { hosts: [{ labels: { disk: ssd } }] } }",
                "regions: { dublin: { hosts: [{ address: '10.1.0.12:0' }] } }",
                "regions: { dublin: { hosts: [{ address: local, disk: ssd }] } }",
                "regions: { dublin: { hosts: [{ address: local, labels: [ssd] }] } }",
                "regions: { dublin: { hosts: [{ address: local, labels: { disk: } }] } }",
                "regions: { dublin: { hosts: [{ address: local, labels: { region: here } }] } }",
                "regions: { dublin: { hosts: [{ address: local, labels: { 'a b': c } }] } }",
                "regions: { Dublin: { hosts: [local], at: dublin } }",
                "regions: { here: { hosts: [local] } }",
                "regions: { dublin: { hosts: [local], at: Dublin } }",
                "regions: { dublin: { hosts: [local], at: [91, 0] } }",
                "regions: { dublin: { hosts: [local], at: [1] } }",
                "regions: { dublin: { hosts: [local], at: ['1', 2] } }",
                "regions: { dublin: { hosts: [local], provider: aws } }",
                "regions: { dublin: { hosts: [local], compose: 7 } }",
                "regions: { dublin: { hosts: [local], compose: [{}] } }",
                "regions: { dublin: { hosts: [local] }, sydney: { hosts: [local] } }")) {
            texts.add(app + line + "\n");
        }
        for (String line : List.of("", "app: 7", "app: Shop", "app: a_b", "app: -a", "app: " + "a".repeat(41))) {
            texts.add(region + line + "\n");
        }
        return texts.stream();
    }

    @Test
    void theSchemaKnowsThePlacesThatTheReaderKnows() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(TEXT);
        List<String> places = new ArrayList<>();
        schema.at("/definitions/region/properties/at/anyOf/0/enum").forEach(place -> places.add(place.asText()));

        assertThat(places).containsExactlyElementsOf(Places.names());
        assertThat(schema.at("/properties/regions/patternProperties")
                        .fieldNames()
                        .next())
                .isEqualTo("^(" + String.join("|", Places.names()) + ")$");
    }

    @Test
    void theSchemaSaysTheDefaultsOfTheReader() throws IOException {
        JsonNode rollout = new ObjectMapper().readTree(TEXT).at("/properties/rollout/properties");
        RolloutSettings defaults = RolloutSettings.DEFAULT;

        assertThat(rollout.at("/monitor/default").asText()).isEqualTo(DurationText.format(defaults.monitor()));
        assertThat(rollout.at("/keep/default").asText()).isEqualTo(DurationText.format(defaults.keep()));
        assertThat(rollout.at("/drain/default").asText()).isEqualTo(DurationText.format(defaults.drain()));
        assertThat(new ObjectMapper()
                        .readTree(TEXT)
                        .at("/properties/release/properties/timeout/default")
                        .asText())
                .isEqualTo(DurationText.format(ReleaseReader.TIMEOUT));
        assertThat(rollout.at("/retain/default").asInt()).isEqualTo(defaults.retained());
        assertThat(rollout.at("/healthy/default").asText()).isEqualTo(DurationText.format(defaults.healthy()));
    }

    @Test
    void theSchemaHasTheSameExpressionsAsTheReader() {
        assertThat(TEXT)
                .contains("\"" + DurationText.EXPRESSION + "\"")
                .contains("\"^" + PortolanFileReader.NAME + "$\"")
                .contains("\"^" + RouteReader.HEALTH + "$\"")
                .contains("\"^" + RouteReader.COOKIE + "$\"")
                .contains("\"^(" + RouteReader.HOST.pattern().replace("\\", "\\\\") + ")$\"");
    }

    private static List<String> errors(Path file) {
        return PortolanSchema.errors(Corpus.text(file));
    }
}
