package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.files.FileTree;
import dev.portolan.fleet.Threads;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.ContainerSpec.Storage;
import dev.portolan.model.DataFolder;
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.Secret;
import dev.portolan.model.SecretSource;
import dev.portolan.model.Service;
import dev.portolan.model.UpdateOrder;
import dev.portolan.model.UserError;
import dev.portolan.plan.Plan;
import dev.portolan.plan.Plan.HostPlan;
import dev.portolan.plan.Replica;
import dev.portolan.plan.Step;
import dev.portolan.rollout.FileContents;
import dev.portolan.testing.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretChangesTest {
    private static final SecretSource FILE = new SecretSource.Age("secrets.age");

    private static Service with(SecretSource source, String version, String identity) {
        Service service = Examples.service("web", "1", 1, UpdateOrder.START_FIRST);
        PinnedSecret secret = new PinnedSecret("TLS_KEY", source, "TLS_KEY", version, identity);
        Storage storage = new Storage(
                List.of(),
                List.of(new FileInContainer("/key", new FileSource.Stored(secret), identity, 0400, 0, 0)),
                Map.of(),
                false);
        return service.with(service.container().with(storage), identity);
    }

    @Test
    void aNewVersionIsSaidWithBothAndNothingElse() {
        assertThat(Difference.between(with(FILE, "3", "3"), with(FILE, "4", "4")))
                .containsExactly("secret TLS_KEY v3 -> v4");
        assertThat(Difference.between(with(FILE, "3", "hmac:a"), with(FILE, "4", "hmac:a")))
                .isEmpty();
    }

    @Test
    void whereVersionsAreIdsOrAreNotThereItIsSaidInShort() {
        SecretSource shell = new SecretSource.Environment();

        assertThat(Difference.between(with(FILE, "aaaaaaaa-1111-2222", "x"), with(FILE, "bbbbbbbb-1111-2222", "y")))
                .containsExactly("secret TLS_KEY aaaaaaaa -> bbbbbbbb");
        assertThat(Difference.between(with(shell, "", "hmac:a"), with(shell, "", "hmac:b")))
                .containsExactly("secret TLS_KEY changed");
        assertThat(Difference.between(with(FILE, "1", "1"), with(shell, "", "hmac:b")))
                .containsExactly("secret TLS_KEY from the environment of this command");
        assertThat(Difference.between(Examples.service("web", "1", 1, UpdateOrder.START_FIRST), with(FILE, "1", "1")))
                .containsExactly("secret TLS_KEY is new", "mounts and files");
    }

    @Test
    void aPlanNeedsTheValuesOfNewContainersOnly() {
        Service service = with(FILE, "3", "3");
        Replica fresh = new Replica("web-1", service, 1, Optional.empty(), Map.of(), Map.of(), false);
        Replica old = new Replica("web-1", service, 1, Optional.empty(), Map.of(), Map.of(), true);

        StoredSecrets.require(plan(old), new Nothing(), new Threads());
        assertThatThrownBy(() -> StoredSecrets.require(plan(fresh), new Nothing(), new Threads()))
                .isInstanceOf(UserError.class)
                .hasMessage("region dublin: it is gone");
    }

    private static Plan plan(Replica replica) {
        var host = Examples.hostOf("dublin");
        return new Plan(
                Examples.APP,
                Optional.empty(),
                Optional.of(new ReleaseId("0123456789")),
                List.of(new HostPlan(host, List.of(new Step.Start(host, List.of(replica), Duration.ofSeconds(1))))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private record Nothing() implements FileContents {
        @Override
        public Secret valueOf(PinnedSecret secret) {
            throw new UserError("it is gone", "bring it back");
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
}
