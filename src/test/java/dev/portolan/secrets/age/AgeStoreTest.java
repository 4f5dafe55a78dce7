package dev.portolan.secrets.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.portolan.model.Secret;
import dev.portolan.model.UserError;
import dev.portolan.secrets.SecretFile.Entry;
import dev.portolan.secrets.SecretStore.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgeStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private AgeStore store(Map<String, String> environment) {
        return new AgeStore(folder.resolve("secrets.age"), environment, InstantSource.fixed(NOON));
    }

    private Map<String, String> home() {
        return Map.of("HOME", folder.toString());
    }

    private static Secret secret(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Runs a program that Debian has; the test is skipped where it is not installed. */
    private byte[] run(byte[] input, String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException missing) {
            assumeThat(false).as(command[0] + " is not installed").isTrue();
            throw missing;
        }
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input);
        }
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }

    @Test
    void whoMakesTheFileHasTheKeyAndNobodyElseCanReadEither() throws IOException {
        AgeStore store = store(home());

        assertThat(store.create(List.of()))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("made the key " + folder.resolve(".config/portolan/age.txt")));
        store.set("DATABASE_URL", secret("mysql://canary"));

        assertThat(Files.getPosixFilePermissions(folder.resolve(".config/portolan/age.txt")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readString(folder.resolve("secrets.age"), StandardCharsets.ISO_8859_1))
                .startsWith("age-encryption.org/v1\n")
                .doesNotContain("canary", "DATABASE_URL");
        assertThatThrownBy(() -> store(Map.of("HOME", "/nonexistent")).entries())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no key to read the secrets with");
    }

    @Test
    void eachValueKeepsItsVersionAndTheSameOneIsNoNewOne() {
        AgeStore store = store(home());
        store.create(List.of());

        assertThat(store.set("A", secret("one"))).isEqualTo(1);
        assertThat(store.set("A", secret("one"))).isEqualTo(1);
        assertThat(store.set("A", secret("two"))).isEqualTo(2);
        assertThat(store.set("B", secret("b"))).isEqualTo(1);

        assertThat(store.current(Set.of("A", "C")).found())
                .isEqualTo(Map.of("A", new Stored(secret("two"), "2", true)));
        assertThat(store.current(Set.of("C")).names()).containsExactlyInAnyOrder("A", "B");
        assertThat(store.earlier("A", "1")).contains(secret("one"));
        assertThat(store.earlier("A", "3")).isEmpty();
        assertThat(store.entries()).containsExactly(new Entry("A", 2, NOON, 1), new Entry("B", 1, NOON, 0));
    }

    @Test
    void fiftyValuesAreKept() {
        AgeContents contents = new AgeContents(List.of("age1"), Map.of());
        for (int number = 1; number <= 60; number++) {
            contents = contents.with("A", secret("value " + number), NOON);
        }

        assertThat(contents.of("A", "10")).isEmpty();
        assertThat(contents.of("A", "11")).contains(secret("value 11"));
        assertThat(contents.current("A").map(AgeContents.Value::version)).contains(60);
    }

    @Test
    void whatIsTakenAwayStaysForReleasesThatHaveItUnlessItIsForgotten() {
        AgeStore store = store(home());
        store.create(List.of());
        store.set("A", secret("one"));

        assertThat(store.remove("A", false)).isTrue();
        assertThat(store.remove("A", false)).isFalse();
        assertThat(store.current(Set.of("A")).found()).isEmpty();
        assertThat(store.earlier("A", "1")).contains(secret("one"));
        assertThat(store.set("A", secret("again"))).isEqualTo(3);

        store.rotate(List.of(), List.of(), true);
        assertThat(store.earlier("A", "1")).isEmpty();
        assertThat(store.earlier("A", "3")).contains(secret("again"));
        assertThat(store.remove("A", true)).isTrue();
        assertThat(store.earlier("A", "3")).isEmpty();
    }

    @Test
    void whatIsNoTextComesBackAsItIs() {
        AgeStore store = store(home());
        store.create(List.of());
        Secret binary = new Secret(new byte[] {(byte) 0xff, 0, 10});
        store.set("KEY", binary);

        assertThat(store.current()).isEqualTo(Map.of("KEY", binary));
    }

    @Test
    void theToolAgeReadsIt() throws Exception {
        AgeStore store = store(home());
        store.create(List.of());
        store.set("A", secret("for the tool"));

        byte[] json = run(
                Files.readAllBytes(folder.resolve("secrets.age")),
                "age",
                "--decrypt",
                "-i",
                folder.resolve(".config/portolan/age.txt").toString());
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"text\":\"for the tool\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-r", "-a -r"})
    void whatTheToolAgeWritesIsReadAlsoInArmour(String options) throws Exception {
        AgeStore store = store(home());
        store.create(List.of());
        String recipient = store.recipients().getFirst();
        String json = "{\"recipients\":[\"" + recipient + "\"],\"secrets\":{\"A\":[{\"version\":4,\"set\":"
                + "\"2026-11-28T12:00:00Z\",\"text\":\"of the tool\"}]}}";
        String[] command = ("age " + options + " " + recipient).split(" ", -1);
        Files.write(folder.resolve("secrets.age"), run(json.getBytes(StandardCharsets.UTF_8), command));

        assertThat(store.current()).isEqualTo(Map.of("A", secret("of the tool")));
        assertThat(store.set("A", secret("of ours"))).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa"})
    void keysOfSshAreRecipientsInBothDirections(String kind) throws Exception {
        Path key = Files.createDirectories(folder.resolve(".ssh")).resolve("id_" + kind);
        run(new byte[0], "ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "me", "-f", key.toString());
        String line =
                Files.readString(key.resolveSibling("id_" + kind + ".pub")).strip();
        AgeStore store = store(home());

        assertThat(store.create(List.of())).hasSize(1); // no key has to be made
        assertThat(store.recipients()).containsExactly(line);
        store.set("A", secret("by ssh"));
        byte[] json = run(Files.readAllBytes(folder.resolve("secrets.age")), "age", "-d", "-i", key.toString());
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("by ssh");

        Files.write(
                folder.resolve("secrets.age"),
                run(json, "age", "-R", key.resolveSibling("id_" + kind + ".pub").toString()));
        assertThat(store.current()).isEqualTo(Map.of("A", secret("by ssh")));
    }

    @Test
    void anotherPersonReadsItAfterTheyWereAddedAndNotBefore() {
        AgeStore mine = store(home());
        mine.create(List.of());
        mine.set("A", secret("ours"));
        Map<String, String> theirHome = Map.of("HOME", folder.resolve("them").toString());
        AgeStore elsewhere = new AgeStore(folder.resolve("other.age"), theirHome, InstantSource.fixed(NOON));
        elsewhere.create(List.of());
        String theirs = elsewhere.recipients().getFirst();
        AgeStore them = store(theirHome);

        assertThatThrownBy(them::current)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none of your keys is among its recipients");
        mine.rotate(List.of(theirs), List.of(), false);
        assertThat(them.current()).isEqualTo(Map.of("A", secret("ours")));
        them.rotate(List.of(), List.of(mine.recipients().getFirst()), false);
        assertThatThrownBy(mine::current).isInstanceOf(UserError.class);
    }

    @Test
    void mistakesAreSaid() throws IOException {
        AgeStore store = store(home());
        assertThatThrownBy(store::entries)
                .isInstanceOf(UserError.class)
                .hasMessage("the file of secrets " + folder.resolve("secrets.age") + " is not there");
        assertThatThrownBy(() -> store.create(List.of("age1nonsense")))
                .isInstanceOf(UserError.class)
                .hasMessage("\"age1nonsense\" is no public key of age, nor one of SSH that age knows");
        assertThatThrownBy(() -> store.create(List.of("ssh-ed25519 AAAA"))).isInstanceOf(UserError.class);
        store.create(List.of());
        assertThatThrownBy(() -> store.create(List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> store.rotate(List.of(), store.recipients(), false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("nobody could read");

        Files.writeString(folder.resolve("secrets.age"), "age-encryption.org/v1\nnonsense");
        assertThatThrownBy(store::entries).isInstanceOf(UserError.class).hasMessageContaining("damaged");
    }

    @Test
    void theKeyMayBeGivenByTheEnvironmentAsInCi() throws IOException {
        AgeStore store = store(home());
        store.create(List.of());
        store.set("A", secret("x"));
        String key = Files.readString(folder.resolve(".config/portolan/age.txt"));

        assertThat(store(Map.of("PORTOLAN_AGE_KEY", key)).current()).containsKey("A");
        assertThat(store(Map.of(
                                "PORTOLAN_AGE_KEY_FILE",
                                folder.resolve(".config/portolan/age.txt").toString()))
                        .current())
                .containsKey("A");
        assertThatThrownBy(() ->
                        store(Map.of("PORTOLAN_AGE_KEY_FILE", "/nonexistent")).current())
                .isInstanceOf(UserError.class)
                .hasMessage("the file /nonexistent of PORTOLAN_AGE_KEY_FILE cannot be read");
    }

    @Test
    void noTextOfItsOwnHoldsAValue() {
        AgeContents contents = new AgeContents(List.of("age1"), Map.of()).with("A", secret("canary"), NOON);

        assertThat(contents.toString() + contents.secrets() + contents.current("A"))
                .doesNotContain("canary");
        assertThat(Optional.of(secret("canary")).toString()).doesNotContain("canary");
    }
}
