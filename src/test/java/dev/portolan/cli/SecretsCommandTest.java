package dev.portolan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsCommandTest {
    @TempDir
    Path folder = Path.of("");

    private CommandLineRun shop(String secrets) throws IOException {
        Files.writeString(folder.resolve("portolan.yml"), """
                app: shop
                primary: dublin
                regions: { dublin: { hosts: [local], secrets: eu }, sydney: { hosts: [local] } }
                """ + secrets);
        return new CommandLineRun(folder);
    }

    private static int set(CommandLineRun shop, String value, String... line) {
        shop.setInput(value);
        int status = shop.run(
                Stream.concat(Stream.of("secrets", "set"), Stream.of(line)).toArray(String[]::new));
        shop.setInput("");
        return status;
    }

    @Test
    void aSecretIsSetListedAndTakenAwayAndItsValueIsNeverShown() throws IOException {
        CommandLineRun shop = shop("secrets: { store: age }\n");

        assertThat(shop.run("secrets", "init")).isZero();
        assertThat(set(shop, "canary\n", "TOKEN")).isZero();
        assertThat(set(shop, "canary two\n", "TOKEN")).isZero();
        assertThat(shop.output()).contains("TOKEN v2 in " + folder.resolve("secrets.age"));
        assertThat(shop.run("secrets", "list")).isZero();
        String listed = shop.output();
        assertThat(listed).containsPattern("TOKEN v2, set [^\n]*, 1 earlier value\n");
        assertThat(shop.run("secrets", "list", "--output", "json")).isZero();
        String json = shop.output();
        assertThat(json).contains("\"event\":\"secret\"").contains("\"version\":2");
        assertThat(shop.run("secrets", "rm", "TOKEM")).isEqualTo(2);
        assertThat(shop.error()).contains("did you mean TOKEN?");
        assertThat(shop.run("secrets", "rm", "TOKEN")).isZero();
        assertThat(shop.output()).contains("its earlier values stay");
        assertThat(listed + json).doesNotContain("canary");
    }

    @Test
    void eachRegionHasItsFileWhereThePlaceSaysSo() throws IOException {
        CommandLineRun shop = shop("secrets: { store: age, file: \"keys/${secrets}.age\" }\n");

        assertThat(shop.run("secrets", "init")).isZero();
        assertThat(set(shop, "everywhere", "A")).isZero();
        assertThat(set(shop, "there", "B", "--region", "sydney")).isZero();
        shop.output();
        assertThat(shop.run("secrets", "list", "--region", "dublin")).isZero();
        assertThat(shop.output()).contains("A v1").doesNotContain("B v1");
        assertThat(shop.run("secrets", "list", "--region", "sydny")).isEqualTo(2);
        assertThat(shop.error()).contains("there is no region sydny").contains("did you mean sydney?");
        assertThat(folder.resolve("keys/eu.age")).exists();
        assertThat(folder.resolve("keys/sydney.age")).exists();
    }

    @Test
    void theEditorChangesAddsAndTakesAway() throws IOException {
        CommandLineRun shop = shop("secrets: { store: age }\n");
        shop.run("secrets", "init");
        set(shop, "old \"quoted\" \\ grün", "A");
        set(shop, "goes", "B");
        Path editor = Files.writeString(
                folder.resolve("editor"),
                "#!/bin/sh\ncp \"$1\" " + folder.resolve("seen")
                        + "\nsed -i '/^B/d; s/old/new/' \"$1\"\necho 'C: three' >>\"$1\"\n");
        Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
        shop.setVariable("EDITOR", editor.toString());

        assertThat(shop.run("secrets", "edit")).isZero();

        assertThat(Files.readString(folder.resolve("seen"), StandardCharsets.UTF_8))
                .contains("A: \"old \\\"quoted\\\" \\\\ grün\"\nB: \"goes\"\n");
        assertThat(shop.output()).contains("B is taken away").contains("A v2").contains("C v1");
    }

    @Test
    void mistakesAreSaid() throws IOException {
        CommandLineRun shop = shop("secrets: { store: environment }\n");
        assertThat(shop.run("secrets", "list")).isEqualTo(2);
        assertThat(shop.error()).contains("no store of portolan.yml is an encrypted file");

        CommandLineRun other = shop("");
        assertThat(other.run("secrets", "lst")).isEqualTo(2);
        assertThat(other.error()).contains("secrets has no action lst").contains("did you mean list?");
        assertThat(other.run("secrets", "set")).isEqualTo(2);
        assertThat(other.run("secrets", "set", "TOKEN=canary")).isEqualTo(2);
        assertThat(other.error()).contains("a value is no argument, since others see it there");
        other.run("secrets", "init");
        assertThat(set(other, "", "TOKEN")).isEqualTo(2);
        assertThat(other.error()).contains("there is no value for TOKEN on the standard input");
    }
}
