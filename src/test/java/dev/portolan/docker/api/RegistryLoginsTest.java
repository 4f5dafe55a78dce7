package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.Logins.Login;
import dev.portolan.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

    @Test
    void aRegistryMayBeWrittenAsAnAddress() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"auths\":{\"https://registry.example/v2/\":{\"auth\":\"" + encoded("ada:pw") + "\"}}}");
        assertThat(logins().to("registry.example")).contains(new Login("ada", secret("pw")));
    }

    @Test
    void aProgramIsAskedForTheRegistriesThatAreItsOwnAndItsLoginsGoBeforeThoseOfTheFile() throws IOException {
        program("read -r name; echo \"{\\\"Username\\\":\\\"<token>\\\",\\\"Secret\\\":\\\"$1 of $name\\\"}\"");
        Files.writeString(
                folder.resolve("config.json"),
                "{\"credHelpers\":{\"registry.example\":\"test\"},\"auths\":{\"registry.example\":{\"auth\":\""
                        + encoded("a:b") + "\"},\"other.example\":{\"auth\":\"" + encoded("bob:pw") + "\"}}}");
        RegistryLogins logins = logins();
        assertThat(logins.to("registry.example")).contains(new Login("", secret("get of registry.example")));
        assertThat(logins.to("other.example")).contains(new Login("bob", secret("pw")));
    }

    @Test
    void whyThereIsNoLoginIsSaid() throws IOException {
        Path file = folder.resolve("config.json");
        String start = "check the image's name; if it is private, log in on this machine: docker login ";
        assertThat(logins().remedy("docker.io")).isEqualTo(start.strip() + " (there is no " + file + ")");
        Files.writeString(file, "{}");
        assertThat(logins().remedy("r.example")).isEqualTo(start + "r.example (" + file + " has no login for it)");
        Files.writeString(file, "{\"credsStore\":\"test\"}");
        String program = start + "r.example (docker-credential-test, which " + file + " names, ";
        assertThat(logins().remedy("r.example")).isEqualTo(program + "is in no folder of PATH)");
        program("echo locked; exit 1");
        assertThat(logins().remedy("r.example")).isEqualTo(program + "says: locked)");
        program("echo '<html>'");
        assertThat(logins().remedy("r.example")).isEqualTo(program + "does not answer as such a program should)");
    }

    private void program(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("docker-credential-test"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private RegistryLogins logins() {
        return new RegistryLogins(
                Map.of("DOCKER_CONFIG", folder.toString(), "PATH", folder + ":" + System.getenv("PATH")));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Secret secret(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }
}
