package dev.portolan.secrets.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Secret;
import dev.portolan.model.SecretSource;
import dev.portolan.model.UserError;
import dev.portolan.secrets.Fields;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Vault's and OpenBao's API of HTTP. Who we are: {@code VAULT_TOKEN}, or the AppRole of {@code VAULT_ROLE_ID} and
 * {@code VAULT_SECRET_ID}, or what {@code vault login} has left in {@code ~/.vault-token}. Each name may begin with {@code BAO_}
 * instead.
 */
final class VaultConnection {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SecretSource.Vault source;
    private final Map<String, String> environment;
    private Optional<HttpClient> client = Optional.empty();
    private Optional<Secret> token = Optional.empty();

    VaultConnection(SecretSource.Vault source, Map<String, String> environment) {
        this.source = source;
        this.environment = Map.copyOf(environment);
    }

    /** What it answers; empty when there is nothing at the path. */
    Optional<JsonNode> read(String path) {
        HttpRequest.Builder request = request(path).GET();
        request.header("X-Vault-Token", text(token()));
        HttpResponse<String> response = send(request.build());
        return switch (response.statusCode()) {
            case 200 -> Fields.tree(response.body());
            case 404 -> Optional.empty();
            default -> throw refused(response, path);
        };
    }

    private synchronized Secret token() {
        if (token.isEmpty()) {
            token = variable("TOKEN")
                    .or(() -> variable("ROLE_ID").map(this::login))
                    .or(this::ofLogin)
                    .map(found -> new Secret(found.getBytes(StandardCharsets.UTF_8)));
        }
        return token.orElseThrow(() -> new UserError(
                "there is nothing that says who you are to Vault at " + source.address(),
                "set VAULT_TOKEN, or VAULT_ROLE_ID and VAULT_SECRET_ID, or run: vault login"));
    }

    private String login(String role) {
        String secret = variable("SECRET_ID").orElse("");
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("role_id", role)
                .put("secret_id", secret)
                .toString();
        HttpResponse<String> response = send(request("auth/approle/login")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (response.statusCode() != 200) {
            throw refused(response, "auth/approle/login");
        }
        return Fields.tree(response.body())
                .map(answer -> answer.at("/auth/client_token").asText(""))
                .filter(found -> !found.isEmpty())
                .orElseThrow(() -> refused(response, "auth/approle/login"));
    }

    private Optional<String> ofLogin() {
        String home = environment.getOrDefault("HOME", "");
        Path file = Path.of(home.isEmpty() ? "/" : home, ".vault-token");
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<String> variable(String name) {
        return List.of("VAULT_", "BAO_").stream()
                .map(prefix -> environment.getOrDefault(prefix + name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(source.address() + "/v1/" + path))
                .timeout(LIMIT)
                .header("X-Vault-Request", "true");
        String namespace = source.namespace().isEmpty() ? variable("NAMESPACE").orElse("") : source.namespace();
        return namespace.isEmpty() ? request : request.header("X-Vault-Namespace", namespace);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new UserError(
                    "Vault at " + source.address() + " does not answer",
                    "see that it runs, and that \"address\" in portolan.yml is right",
                    ExitCode.FAILED,
                    unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while Vault was asked", "run the command again");
        }
    }

    private synchronized HttpClient client() {
        if (client.isEmpty()) {
            HttpClient.Builder builder =
                    HttpClient.newBuilder().connectTimeout(LIMIT).version(HttpClient.Version.HTTP_1_1);
            variable("CACERT").ifPresent(file -> builder.sslContext(Authorities.of(Path.of(file))));
            client = Optional.of(builder.build());
        }
        return client.get();
    }

    /** With the server's own words: they are about rights and paths. */
    private UserError refused(HttpResponse<String> response, String path) {
        String words = Fields.tree(response.body())
                .map(answer -> answer.at("/errors/0")
                        .asText("")
                        .strip()
                        .lines()
                        .findFirst()
                        .orElse(""))
                .filter(said -> !said.isEmpty())
                .map(said -> ": " + said)
                .orElse("");
        return new UserError(
                "Vault at " + source.address() + " refuses " + path + " with " + response.statusCode() + words,
                response.statusCode() == 403
                        ? "log in with: vault login; or see that your policy lets you read it"
                        : "see that it is unsealed, and that \"path\" and \"mount\" in portolan.yml are right");
    }

    private static String text(Secret secret) {
        return new String(secret.reveal(), StandardCharsets.UTF_8);
    }
}
