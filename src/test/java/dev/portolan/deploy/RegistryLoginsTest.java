package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.BuildMaterials.Login;
import dev.portolan.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryLoginsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void whatDockerLoginWroteIsFound() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"auths\":{\"registry.example\":{\"auth\":\"" + encoded("ada:p:w") + "\"},"
                        + "\"https://index.docker.io/v1/\":{\"auth\":\"" + encoded("bob:hub") + "\"},"
                        + "\"token.example\":{\"identitytoken\":\"t0ken\"}}}");

        RegistryLogins logins = logins();
        assertThat(logins.to("registry.example")).contains(new Login("ada", secret("p:w")));
        assertThat(logins.to("registry-1.docker.io")).contains(new Login("bob", secret("hub")));
        assertThat(logins.to("token.example")).contains(new Login("", secret("t0ken")));
        assertThat(logins.to("other.example")).isEmpty();
    }

    @Test
    void aFileThatIsMissingOrNoJsonHoldsNoLogin() throws IOException {
        assertThat(logins().to("registry.example")).isEmpty();
        Files.writeString(folder.resolve("config.json"), "{ auths");
        assertThat(logins().to("registry.example")).isEmpty();
    }

    @Test
    void aLoginDoesNotSayItsSecret() {
        assertThat(new Login("ada", secret("p:w"))).hasToString("Login[user=ada, secret=(secret)]");
    }

    private RegistryLogins logins() {
        return new RegistryLogins(Map.of("DOCKER_CONFIG", folder.toString()));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Secret secret(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }
}
