package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.Logins;
import dev.portolan.http.HttpHeaders;
import dev.portolan.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryAccessTest {

    @Test
    void aDockerfileNamesTheRegistriesThatItFetchesFrom() {
        String dockerfile = """
                # syntax=docker/dockerfile:1
                ARG HOST=mirror.example:5000 OTHER
                FROM --platform=$BUILDPLATFORM ghcr.io/team/base:1 AS one
                FROM localhost/base
                FROM ${HOST}/base
                COPY --from=quay.io/team/tool@sha256:ab /tool /
                RUN curl https://files.example/a/b && cat src/main.rs
                """;
        assertThat(RegistryAccess.namedIn(dockerfile, List.of("argument.example", "7")))
                .containsExactlyInAnyOrder(
                        "docker.io", "mirror.example:5000", "ghcr.io", "localhost", "quay.io", "argument.example");
    }

    private final RegistryAccess access = new RegistryAccess(new Logins() {
        @Override
        public Optional<Login> to(String registry) {
            return switch (registry) {
                case "ghcr.io" -> Optional.of(new Login("ada", secret("p\"w")));
                case "docker.io" -> Optional.of(new Login("", secret("token")));
                default -> Optional.empty();
            };
        }

        @Override
        public String remedy(String registry) {
            return "log in to " + registry;
        }
    });

    @Test
    void aRefusalIsSaidWithTheRegistryThatItIsAbout() {
        String words = "pull access denied: https://ghcr.io/v2/web: authorization failed";
        assertThat(access.refusal("build it", words, List.of("docker.io", "ghcr.io"), new IOException()))
                .hasValueSatisfying(refused -> {
                    assertThat(refused).hasMessage("Could not build it: " + words);
                    assertThat(refused.remedy()).isEqualTo("Log in to ghcr.io");
                });
    }

    @Test
    void aStepThatTalksOfLoginsIsNoRefusal() {
        String words = "executor failed running [/bin/sh -c npm ci]: exit code: 1\n  | 401 Unauthorized";
        assertThat(access.refusal("build it", words, List.of("docker.io"), new IOException()))
                .isEmpty();
    }

    @Test
    void anEngineIsToldOfTheLoginsInTheWordsOfItsApi() {
        assertThat(header(access.of(ImageName.parse("ghcr.io/web")), "X-Registry-Auth"))
                .contains("{\"serveraddress\":\"ghcr.io\",\"username\":\"ada\",\"password\":\"p\\\"w\"}");
        assertThat(header(access.of(ImageName.parse("other.example/web")), "X-Registry-Auth"))
                .isEmpty();
        assertThat(header(access.of(List.of("docker.io", "other.example"), HttpHeaders.NONE), "X-Registry-Config"))
                .contains("{\"https://index.docker.io/v1/\":"
                        + "{\"serveraddress\":\"https://index.docker.io/v1/\",\"identitytoken\":\"token\"}}");
    }

    private static Optional<String> header(HttpHeaders headers, String name) {
        return headers.first(name)
                .map(value -> new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8));
    }

    private static Secret secret(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }
}
