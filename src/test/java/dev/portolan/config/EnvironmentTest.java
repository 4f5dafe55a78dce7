package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    @TempDir
    Path path = Path.of("");

    private AppFolder app() {
        return new AppFolder(path).with("portolan.yml", """
                        app: shop
                        primary: dublin
                        regions:
                          dublin: { hosts: [local], env: { DATABASE: eu, PORT: 3000 } }
                          sydney: { hosts: [local], env: { DATABASE: ap, PORT: 3000 } }
                        env: { RAILS_ENV: production, DATABASE: none }
                        """).with("compose.yaml", """
                        services:
                          web:
                            image: "shop:${TAG:-1}"
                            command: serve ${DATABASE} ${PORTOLAN_REGION} ${EDITOR}
                            environment: [DATABASE, EDITOR, "HOST=web.${PORTOLAN_APP}"]
                          cache:
                            image: cache
                            environment: { PORT: 11211, RAILS_ENV: production }
                        """);
    }

    private Map<String, String> environment(AppFolder app, String region, String service) {
        return app.service(region, service).container().process().environment();
    }

    @Test
    void everyServiceHasTheVariablesOfItsRegionOverThoseOfTheApp() {
        AppFolder app = app();

        assertThat(environment(app, "sydney", "web"))
                .isEqualTo(Map.of(
                        "DATABASE", "ap",
                        "HOST", "web.shop",
                        "PORT", "3000",
                        "PORTOLAN_APP", "shop",
                        "PORTOLAN_REGION", "sydney",
                        "RAILS_ENV", "production"));
        assertThat(environment(app, "dublin", "web")).containsEntry("DATABASE", "eu");
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
    void whatAServiceSetsItselfComesFirstAndIsSaidOnceWhereItDiffers() {
        AppFolder app = app();
        app.environment.put("EDITOR", "vi");

        assertThat(environment(app, "dublin", "cache")).containsEntry("PORT", "11211");
        assertThat(app.problems())
                .containsExactly(
                        "compose.yaml:8:5: services/cache/environment/PORT: the service sets it itself, so the value in"
                                + " portolan.yml does not reach it; write \"PORT: ${PORT}\" to let it in");
    }
}
