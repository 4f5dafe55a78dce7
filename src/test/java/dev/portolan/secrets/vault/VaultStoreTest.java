package dev.portolan.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portolan.model.Secret;
import dev.portolan.model.SecretSource;
import dev.portolan.model.UserError;
import dev.portolan.secrets.SecretStore.Stored;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that gives the answers that the documentation of Vault's API of HTTP has, not against Vault itself. */
class VaultStoreTest {
    private static final String ROLE_ANSWER = """
            {"auth":{"renewable":true,"lease_duration":1200,"token_policies":["default"],"accessor":"fd6c9a00",
            "client_token":"5b1a0318"},"warnings":null,"wrap_info":null,"data":null,"lease_duration":0,"lease_id":""}""";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server = start();

    private static HttpServer start() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException full) {
            throw new IllegalStateException(full);
        }
    }

    @BeforeEach
    void serve() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String token = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Vault-Token"))
                .orElse("");
        String namespace = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Vault-Namespace"))
                .orElse("");
        String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(asked + " " + namespace + body);
        switch (asked) {
            case "POST /v1/auth/approle/login" ->
                send(
                        exchange,
                        body.contains("\"secret_id\":\"good\"") ? 200 : 400,
                        body.contains("good") ? ROLE_ANSWER : "{\"errors\":[\"invalid role or secret ID\"]}");
            default -> {
                if (!token.equals("5b1a0318")) {
                    send(exchange, 403, "{\"errors\":[\"permission denied\"]}");
                } else if (asked.equals("GET /v1/secret/data/shop/us%20west")) {
                    send(exchange, 200, entry(2, "{\"A\":\"new\",\"N\":7,\"NONE\":null}"));
                } else if (asked.equals("GET /v1/secret/data/shop/us%20west?version=1")) {
                    send(exchange, 200, entry(1, "{\"A\":\"old\"}"));
                } else if (asked.equals("GET /v1/kv/data/each/A")) {
                    send(exchange, 200, entry(5, "{\"value\":\"alone\"}"));
                } else if (asked.equals("GET /v1/first/data/x")) {
                    send(exchange, 200, "{\"data\":{\"A\":\"version 1 of KV\"}}");
                } else {
                    send(exchange, 404, "{\"errors\":[]}");
                }
            }
        }
    }

    private static String entry(int version, String fields) {
        return "{\"data\":{\"data\":" + fields
                + ",\"metadata\":{\"created_time\":\"2018-03-22T02:24:06.945319214Z\",\"custom_metadata\":null,"
                + "\"deletion_time\":\"\",\"destroyed\":false,\"version\":" + version + "}}}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private VaultStore store(String mount, String path, Map<String, String> environment) {
        return new VaultStore(
                new SecretSource.Vault("http://127.0.0.1:" + server.getAddress().getPort(), mount, path, ""),
                environment);
    }

    private static Secret secret(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theFieldsOfAnEntryAreSecretsWithItsVersion() {
        VaultStore store = store("secret", "shop/us west", Map.of("VAULT_TOKEN", "5b1a0318"));

        assertThat(store.current(Set.of("A", "N", "NONE", "B")).found())
                .isEqualTo(Map.of(
                        "A", new Stored(secret("new"), "2", false),
                        "N", new Stored(secret("7"), "2", false)));
        assertThat(store.current(Set.of("B")).names()).containsExactlyInAnyOrder("A", "N");
        assertThat(store.earlier("A", "1")).contains(secret("old"));
        assertThat(store.earlier("A", "9")).isEmpty();
    }

    @Test
    void withANameInThePathEachIsAnEntryOfItsOwn() {
        VaultStore store = store("kv", "each/${name}", Map.of("BAO_TOKEN", "5b1a0318", "VAULT_NAMESPACE", "team"));

        assertThat(store.current(Set.of("A", "B")).found())
                .isEqualTo(Map.of("A", new Stored(secret("alone"), "5", true)));
        assertThat(requests).contains("GET /v1/kv/data/each/A team");
    }

    @Test
    void anAppRoleLogsInOnce() {
        VaultStore store =
                store("secret", "shop/us west", Map.of("VAULT_ROLE_ID", "r\"ole", "VAULT_SECRET_ID", "good"));

        store.current(Set.of("A"));
        store.earlier("A", "1");
        assertThat(requests)
                .filteredOn(request -> request.startsWith("POST"))
                .containsExactly("POST /v1/auth/approle/login {\"role_id\":\"r\\\"ole\",\"secret_id\":\"good\"}");
    }

    @Test
    void theTokenOfALoginIsFoundInTheHomeFolder(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve(".vault-token"), "5b1a0318");

        assertThat(store("secret", "shop/us west", Map.of("HOME", home.toString()))
                        .current(Set.of("A"))
                        .found())
                .containsKey("A");
    }

    @Test
    void refusalsAreSaidWithTheServersWordsAndNoToken() {
        assertThatThrownBy(() -> store("secret", "shop/x", Map.of("VAULT_TOKEN", "canary"))
                        .current(Set.of("A")))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith(" refuses secret/data/shop/x with 403: permission denied")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> store("secret", "x", Map.of("VAULT_ROLE_ID", "r", "VAULT_SECRET_ID", "canary"))
                        .current(Set.of("A")))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith(" refuses auth/approle/login with 400: invalid role or secret ID");
        assertThatThrownBy(() ->
                        store("secret", "x", Map.of("HOME", "/nonexistent")).current(Set.of("A")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("there is nothing that says who you are to Vault");
        assertThatThrownBy(() ->
                        store("first", "x", Map.of("VAULT_TOKEN", "5b1a0318")).current(Set.of("A")))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("is no KV store of version 2")
                .hasMessageNotContaining("version 1 of KV");
        server.stop(0);
        assertThatThrownBy(
                        () -> store("secret", "x", Map.of("VAULT_TOKEN", "t")).current(Set.of("A")))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith(" does not answer");
    }
}
