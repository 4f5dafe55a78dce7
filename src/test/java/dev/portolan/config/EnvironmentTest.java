package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    private static final String PORTOLAN = """
            app: shop
            primary: dublin
            regions:
              dublin: { hosts: [local], env: { DATABASE: eu, PORT: 3000 } }
              sydney: { hosts: [local], env: { DATABASE: ap, PORT: 3000 } }
            env: { RAILS_ENV: production, DATABASE: none }
            """;
    private static final String COMPOSE = """
            services:
              web:
                image: "shop:${TAG:-1}"
                command: serve ${DATABASE} ${PORTOLAN_REGION} ${EDITOR:-ed}
                environment: [DATABASE, EDITOR, "HOST=web.${PORTOLAN_APP}", PORTOLAN_REGION]
              worker:
                image: shop
                environment: { RAILS_ENV: , PORT: "${PORT}" }
              cache:
                image: cache
                environment: { PORT: 11211 }
            """;

    @TempDir
    Path path = Path.of("");

    private AppFolder app() {
        return new AppFolder(path).with("portolan.yml", PORTOLAN).with("compose.yaml", COMPOSE);
    }

    private Map<String, String> environment(AppFolder app, String region, String service) {
        return app.service(region, service).container().process().environment();
    }

    @Test
    void aServiceHasTheVariablesThatTheComposeFileNamesForItAndNoOthers() {
        AppFolder app = app();

        assertThat(environment(app, "sydney", "web"))
                .isEqualTo(Map.of("DATABASE", "ap", "HOST", "web.shop", "PORTOLAN_REGION", "sydney"));
        assertThat(environment(app, "dublin", "web"))
                .isEqualTo(Map.of("DATABASE", "eu", "HOST", "web.shop", "PORTOLAN_REGION", "dublin"));
        assertThat(environment(app, "dublin", "worker")).isEqualTo(Map.of("RAILS_ENV", "production", "PORT", "3000"));
        assertThat(environment(app, "dublin", "cache")).isEqualTo(Map.of("PORT", "11211"));
        assertThat(app.problems()).isEmpty();
    }

    @Test
    void theyFillInTheComposeFileAndNoShellChangesThem() {
        AppFolder app = app();
        app.environment.put("DATABASE", "of my shell");
        app.environment.put("EDITOR", "vi");
        app.environment.put("PORTOLAN_REGION", "of my shell");
        app.with(".env", "DATABASE=of the file\nTAG=7\n");

        assertThat(app.service("dublin", "web").container().process().command().orElseThrow())
                .containsExactly("serve", "eu", "dublin", "vi");
        assertThat(environment(app, "dublin", "web"))
                .containsEntry("DATABASE", "eu")
                .containsEntry("EDITOR", "vi");
        assertThat(app.service("dublin", "web").container().image().reference()).isEqualTo("shop:7");
    }

    @Test
    void aVariableThatIsNewOrOtherReplacesTheServicesThatNameItOnly() {
        List<Service> before = app().read().desired().workload("dublin").services();
        List<Service> after = app().with(
                        "portolan.yml", PORTOLAN.replace("RAILS_ENV: production", "RAILS_ENV: staging, TAG: 2"))
                .read()
                .desired()
                .workload("dublin")
                .services();

        assertThat(after.stream()
                        .filter(service ->
                                before.stream().noneMatch(old -> old.hash().equals(service.hash())))
                        .map(Service::name))
                .containsExactly("web", "worker");
    }

    @Test
    void aVariableThatNothingUsesIsAWarningAtItsPlace() {
        AppFolder app = app().with(
                        "portolan.yml",
                        PORTOLAN.replace("PORT: 3000 } }", "PORT: 3000, QUEUE: jobs } }")
                                .replace("RAILS_ENV: production", "RAILS_ENVV: production, LANGUAGE: en"));

        assertThat(app.problems())
                .containsExactly(
                        "portolan.yml:4:69: regions/dublin/env/QUEUE: nothing in the Compose files of this region uses it;"
                                + " add it to the environment of the service that reads it, such as \"environment: [QUEUE]\"",
                        "portolan.yml:5:69: regions/sydney/env/QUEUE: nothing in the Compose files of this region uses it;"
                                + " add it to the environment of the service that reads it, such as \"environment: [QUEUE]\"",
                        "portolan.yml:6:20: env/RAILS_ENVV: nothing in the Compose files uses it; did you mean"
                                + " \"RAILS_ENV\"?",
                        "portolan.yml:6:42: env/LANGUAGE: nothing in the Compose files uses it; add it to the environment"
                                + " of the service that reads it, such as \"environment: [LANGUAGE]\"");
    }

    @Test
    void aNameThatHasItsValueIsNotWhatAnotherWasToBe() {
        AppFolder app = app().with("portolan.yml", PORTOLAN.replace("RAILS_ENV: production", "RAILS_ENV: x, SORT: y"));

        assertThat(app.problems())
                .containsExactly(
                        "portolan.yml:6:28: env/SORT: nothing in the Compose files uses it; add it to the environment of"
                                + " the service that reads it, such as \"environment: [SORT]\"");
    }

    @Test
    void aRegionsNameNearToOneOfTheAppWasToBeThatOne() {
        AppFolder app = app().with("portolan.yml", PORTOLAN.replace("DATABASE: ap", "DATABAS: ap"));

        assertThat(app.problems())
                .containsExactly("portolan.yml:5:45: regions/sydney/env/DATABAS: nothing in the Compose files of this"
                        + " region uses it; did you mean \"DATABASE\"?");
    }

    @Test
    void aVariableOfTheAppIsUsedWhereOneRegionsOwnComposeFileUsesItAndThatOfARegionIsNot() {
        AppFolder app = app().with(
                        "portolan.yml",
                        PORTOLAN.replace("sydney: { ", "sydney: { compose: sydney.yaml, ")
                                .replace("PORT: 3000 } }", "PORT: 3000, QUEUE: jobs } }")
                                .replace("env: { RAILS_ENV", "env: { LANGUAGE: en, RAILS_ENV"))
                .with("sydney.yaml", "services: { web: { environment: [LANGUAGE, QUEUE] } }\n");

        assertThat(app.problems())
                .containsExactly(
                        "portolan.yml:4:69: regions/dublin/env/QUEUE: nothing in the Compose files of this region uses it;"
                                + " add it to the environment of the service that reads it, such as \"environment: [QUEUE]\"");
        assertThat(environment(app, "sydney", "web"))
                .containsEntry("LANGUAGE", "en")
                .containsEntry("QUEUE", "jobs");
        assertThat(environment(app, "dublin", "web")).doesNotContainKeys("LANGUAGE", "QUEUE");
    }

    @Test
    void aConfigMayBeTakenFromThemAndASecretMayNot() {
        AppFolder app = app().with(
                        "portolan.yml", PORTOLAN.replace("env: { RAILS_ENV", "env: { MOTD: hi, TOKEN: x, RAILS_ENV"))
                .with("compose.yaml", COMPOSE + """
                            configs: [motd]
                            secrets: [token]
                        configs: { motd: { environment: MOTD } }
                        secrets: { token: { environment: TOKEN } }
                        """);

        assertThat(app.problems())
                .containsExactly(
                        "portolan.yml:6:25: env/TOKEN: nothing in the Compose files uses it; add it to the environment of"
                                + " the service that reads it, such as \"environment: [TOKEN]\"",
                        "compose.yaml:15:12: secrets/token: the variable TOKEN is not set; set it in the environment of"
                                + " this command");
    }
}
