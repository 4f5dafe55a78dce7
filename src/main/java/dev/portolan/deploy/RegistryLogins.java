package dev.portolan.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.docker.BuildMaterials.Login;
import dev.portolan.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Logins to registries that {@code docker login} has left on this machine: in Docker's own file, or in the keeper of passwords that
 * the file names.
 */
final class RegistryLogins {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What Docker's file has called Docker Hub since there was only one registry. */
    private static final String HUB = "https://index.docker.io/v1/";

    private final Path file;

    /** @param environment of the command line */
    RegistryLogins(Map<String, String> environment) {
        String folder = environment.getOrDefault("DOCKER_CONFIG", "");
        this.file = (folder.isEmpty()
                        ? Path.of(environment.getOrDefault("HOME", "/")).resolve(".docker")
                        : Path.of(folder))
                .resolve("config.json");
    }

    /** A file that cannot be understood holds no login. */
    Optional<Login> to(String registry) {
        JsonNode settings;
        try {
            settings = JSON.readTree(Files.readAllBytes(file));
        } catch (IOException none) {
            return Optional.empty();
        }
        for (String name : names(registry)) {
            Optional<Login> login =
                    kept(settings, name).or(() -> written(settings.path("auths").path(name)));
            if (login.isPresent()) {
                return login;
            }
        }
        return Optional.empty();
    }

    private static List<String> names(String registry) {
        return registry.equals("docker.io") || registry.equals("registry-1.docker.io")
                ? List.of(HUB)
                : List.of(registry, "https://" + registry);
    }

    private static Optional<Login> written(JsonNode entry) {
        String token = entry.path("identitytoken").asText();
        if (!token.isEmpty()) {
            return Optional.of(new Login("", secret(token)));
        }
        try {
            String both =
                    new String(Base64.getDecoder().decode(entry.path("auth").asText()), StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Login(both.substring(0, colon), secret(both.substring(colon + 1))));
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }

    /** By the protocol of Docker's credential helpers: the registry in, its login as JSON out. */
    private static Optional<Login> kept(JsonNode settings, String registry) {
        String keeper = settings.path("credHelpers")
                .path(registry)
                .asText(settings.path("credsStore").asText());
        if (keeper.isEmpty()) {
            return Optional.empty();
        }
        try {
            Process process = new ProcessBuilder("docker-credential-" + keeper, "get")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var input = process.getOutputStream()) {
                input.write(registry.getBytes(StandardCharsets.UTF_8));
            }
            JsonNode answer = JSON.readTree(process.getInputStream().readAllBytes());
            String user = answer.path("Username").asText();
            return answer.path("Secret").asText().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Login(
                            user.equals("<token>") ? "" : user,
                            secret(answer.path("Secret").asText())));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private static Secret secret(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }
}
