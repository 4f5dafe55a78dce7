package dev.portolan.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.files.FileTree;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.ProcessSpec;
import dev.portolan.model.DataFolder;
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.Secret;
import dev.portolan.model.SecretSource;
import dev.portolan.model.UserError;
import dev.portolan.testing.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenSecretsTest {

    private record Values(Map<String, byte[]> byName) implements FileContents {
        @Override
        public Secret valueOf(PinnedSecret secret) {
            return new Secret(byName.getOrDefault(secret.name(), new byte[0]));
        }

        @Override
        public String withoutSecrets(String text) {
            return text.replace("canary", "(secret)");
        }

        @Override
        public byte[] contentOf(FileInContainer file) {
            throw new IllegalStateException();
        }

        @Override
        public FileTree.Fingerprinted treeOf(ReleaseFiles files) {
            throw new IllegalStateException();
        }

        @Override
        public Optional<FileTree.Fingerprinted> seedOf(DataFolder folder) {
            throw new IllegalStateException();
        }
    }

    private static ContainerSpec spec(Map<String, String> environment, String... names) {
        List<PinnedSecret> secrets = List.of(names).stream()
                .map(name -> new PinnedSecret(name, new SecretSource.Age("secrets.age"), name, "1", "1"))
                .toList();
        return Examples.spec("shop", "1")
                .with(new ProcessSpec(
                        Optional.empty(),
                        Optional.empty(),
                        environment,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(10),
                        Optional.empty(),
                        false,
                        false,
                        false,
                        List.of(),
                        Optional.empty(),
                        secrets));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void marksBecomeValuesWhereverTheyStandAndAValueIsNeverReadForMarks() {
        ContainerSpec opened = OpenSecrets.in(
                spec(
                        Map.of(
                                "URL",
                                "mysql://${secret:A}@${secret:B}/x",
                                "PLAIN",
                                "${secret:OTHER}",
                                "A",
                                "${secret:A}"),
                        "A",
                        "B"),
                new Values(Map.of("A", bytes("$1\\x${secret:B}"), "B", bytes("grün"))));

        assertThat(opened.process().environment())
                .isEqualTo(Map.of(
                        "URL", "mysql://$1\\x${secret:B}@grün/x",
                        "PLAIN", "${secret:OTHER}",
                        "A", "$1\\x${secret:B}"));
    }

    @Test
    void whatIsNoTextCannotBeInAnEnvironment() {
        for (byte[] value : List.of(new byte[] {(byte) 0xff}, new byte[] {'a', 0})) {
            assertThatThrownBy(
                            () -> OpenSecrets.in(spec(Map.of("A", "${secret:A}"), "A"), new Values(Map.of("A", value))))
                    .isInstanceOf(UserError.class)
                    .hasMessage("the secret \"A\" is no text, so it cannot be in an environment");
        }
    }

    @Test
    void whatAnEngineRepeatsOfAValueIsHidden() {
        UserError failed = new UserError("invalid environment A=canary", "correct it");
        UserError other = new UserError("no such image", "fetch it");

        assertThat(OpenSecrets.hidden(failed, new Values(Map.of())))
                .hasMessage("invalid environment A=(secret)")
                .hasNoCause();
        assertThat(OpenSecrets.hidden(other, new Values(Map.of()))).isSameAs(other);
    }
}
