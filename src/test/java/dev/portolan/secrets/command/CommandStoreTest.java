package dev.portolan.secrets.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.Secret;
import dev.portolan.model.UserError;
import dev.portolan.secrets.SecretStore.Stored;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandStoreTest {
    @TempDir
    Path folder = Path.of("");

    private CommandStore store(String... command) {
        return new CommandStore(List.of(command), folder, Map.of("PATH", "/usr/bin:/bin", "VAULT", "prod"));
    }

    private static Stored stored(String value) {
        return new Stored(new Secret(value.getBytes(StandardCharsets.UTF_8)), "", false);
    }

    @Test
    void theNameIsAWordOfItsOwnAndOneLineEndIsNotPartOfTheValue() {
        assertThat(store("sh", "-c", "echo \"$VAULT/$0\"; echo", "a ${name}")
                        .current(Set.of("A", "B/c"))
                        .found())
                .isEqualTo(Map.of("A", stored("prod/a A\n"), "B/c", stored("prod/a B/c\n")));
    }

    @Test
    void oneThatFailsIsSaidWithoutWhatItPrinted() {
        assertThatThrownBy(() ->
                        store("sh", "-c", "echo canary; exit 3", "${name}").current(Set.of("A")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("the secret \"A\" cannot be had: ")
                .hasMessageEndingWith("ended with 3");
        assertThatThrownBy(() -> store("/nonexistent/op", "${name}").current(Set.of("A")))
                .isInstanceOf(UserError.class)
                .hasMessage("the secret \"A\" cannot be had: \"/nonexistent/op\" cannot be run");
    }
}
