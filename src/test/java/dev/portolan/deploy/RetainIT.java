package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Desired;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Labels;
import dev.portolan.model.ReleaseId;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.Serving;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Deploys in a row, of which only the last ones can be gone back to. */
class RetainIT {
    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    @AfterAll
    static void close() {
        Harbour.closeAll();
    }

    @Test
    void whatNoRetainedReleaseNeedsIsForgottenAndTheWayBackStaysOpen() throws Exception {
        Harbour harbour = Harbour.in(folder, Duration.ZERO);
        Path file = harbour.folder().resolve("portolan.yml");
        Files.writeString(file, Files.readString(file).replace("rollout:\n", "rollout:\n  retain: 1\n"));
        List<Desired> releases = new ArrayList<>();
        List<Long> containers = new ArrayList<>();
        for (String version : List.of("v1", "v2", "v3", "v4")) {
            Desired release = harbour.release(version);
            assertThat(harbour.deploy(release).map(RolloutResult::state)).contains(RolloutState.COMMITTED);
            releases.add(release);
            containers.add(containers(harbour, release));
        }

        assertThat(containers.getLast()).isEqualTo(containers.get(1));
        assertThat(releases.subList(0, 2)).noneMatch(release -> harbour.client().hasImage(web(release)));
        assertThat(releases.subList(2, 4)).allMatch(release -> harbour.client().hasImage(web(release)));
        // those that serve and served before, and the first: its cache and its database are in use
        assertThat(harbour.app().releases().stored())
                .containsExactlyInAnyOrder(Stream.of(0, 2, 3)
                        .map(index -> releases.get(index).release())
                        .toArray(ReleaseId[]::new));

        assertThat(new Rollback(harbour.app()).rollback(Optional.empty(), Harbour.options(event -> {})))
                .map(RolloutResult::state)
                .contains(RolloutState.COMMITTED);
        Serving.assertServesAgain(harbour, "v3");
    }

    private static ImageSource web(Desired release) {
        return release.workload(release.primary())
                .service("web")
                .orElseThrow()
                .container()
                .image();
    }

    private static long containers(Harbour harbour, Desired release) {
        return release.regions().stream()
                .mapToLong(region -> harbour.client()
                        .containers(Map.of(Labels.APP, harbour.app().name(), Labels.REGION, region.name()))
                        .size())
                .sum();
    }
}
