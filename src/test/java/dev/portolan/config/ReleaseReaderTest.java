package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ReleaseCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseReaderTest {
    private static final String COMPOSE = """
            services:
              web: { image: web, ports: ["8080:80"] }
              mail: { image: mail, deploy: { placement: { constraints: [node.labels.region == sydney] } } }
            """;

    @TempDir
    Path path = Path.of("");

    private AppFolder app(String release) {
        return new AppFolder(path)
                .with("portolan.yml", AppFolder.TWO_REGIONS + release)
                .with("compose.yaml", COMPOSE);
    }

    @Test
    void aStringIsSplitIntoWordsAsDockerComposeDoes() {
        assertThat(app("release: { service: web, command: \"sh -c 'echo $HOME && migrate'\" }\n")
                        .read()
                        .desired()
                        .releaseCommand())
                .contains(
                        new ReleaseCommand("web", List.of("sh", "-c", "echo $HOME && migrate"), Duration.ofMinutes(5)));
    }

    @Test
    void aListIsTakenAsItIs() {
        assertThat(app("release: { service: web, command: [echo, a b], timeout: 90s }\n")
                        .read()
                        .desired()
                        .releaseCommand())
                .contains(new ReleaseCommand("web", List.of("echo", "a b"), Duration.ofSeconds(90)));
    }

    @Test
    void anotherCommandIsAnotherRelease() {
        var none = app("").read().desired();
        var one = app("release: { service: web, command: one }\n").read().desired();
        var two = app("release: { service: web, command: two }\n").read().desired();

        assertThat(List.of(none.release(), one.release(), two.release())).doesNotHaveDuplicates();
        assertThat(one.workloads()).isEqualTo(none.workloads());
    }

    @Test
    void aServiceThatThePrimaryDoesNotHaveIsAnError() {
        assertThat(app("release: { service: wep, command: one }\n").problems())
                .containsExactly(
                        "portolan.yml:6:21: release/service: the primary, dublin, has no service \"wep\"; did you mean"
                                + " \"web\"?");
        assertThat(app("release: { service: mail, command: one }\n").problems())
                .containsExactly(
                        "portolan.yml:6:21: release/service: the primary, dublin, has no service \"mail\"; its services"
                                + " are web");
    }
}
