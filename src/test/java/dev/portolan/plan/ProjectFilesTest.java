package dev.portolan.plan;

import static dev.portolan.testing.Examples.emptyHost;
import static dev.portolan.testing.Examples.hostOf;
import static dev.portolan.testing.Examples.release;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.DataFolder;
import dev.portolan.model.DataFolder.Seed;
import dev.portolan.model.Desired;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
import dev.portolan.model.Platform;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.SourceLocation;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UpdateOrder;
import dev.portolan.model.UserError;
import dev.portolan.model.Workload;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProjectFilesTest {
    private static final ReleaseFiles CONF =
            new ReleaseFiles("ab", "nginx.conf", "/shop/nginx.conf", List.of(), Map.of());
    private static final DataFolder DATA = new DataFolder("data", new Seed.Nothing());
    private static final DataFolder HTML = new DataFolder("html", new Seed.Files("cd", "/shop/html"));

    private static Desired desired(DataFolder... folders) {
        Desired plain = release(
                List.of("dublin", "sydney"),
                new TrafficSettings.None(),
                service("web", "1", 1, UpdateOrder.START_FIRST));
        Map<String, Workload> workloads = new HashMap<>();
        plain.workloads()
                .forEach((region, workload) -> workloads.put(
                        region,
                        new Workload(
                                workload.project(),
                                workload.services(),
                                workload.networks(),
                                workload.volumes(),
                                List.of(CONF),
                                List.of(folders))));
        return new Desired(
                plain.app(),
                plain.release(),
                plain.regions(),
                plain.primary(),
                plain.routes(),
                plain.rollout(),
                plain.traffic(),
                workloads);
    }

    private static HostState.Reachable host(String engine, Set<String> files, Map<String, String> folders) {
        HostState.Reachable empty = emptyHost(engine);
        return new HostState.Reachable(
                empty.engine(),
                empty.containers(),
                empty.networks(),
                empty.routes(),
                empty.volumes(),
                empty.images(),
                empty.usedAddresses(),
                empty.proxy(),
                empty.committed(),
                files,
                folders,
                Set.of(),
                Integer.MAX_VALUE,
                Platform.parse("linux/amd64"));
    }

    private static Plan plan(Desired desired, HostState dublin, HostState sydney) {
        Map<HostId, HostState> hosts = Map.of(hostOf("dublin"), dublin, hostOf("sydney"), sydney);
        Request request = new Request(
                desired,
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Set.of(),
                Instant.EPOCH,
                Request.Mode.FORWARD);
        return Planner.plan(request, new Observed(hosts, TrafficState.ABSENT));
    }

    private static List<String> first(Plan plan) {
        return StepText.of(plan).stream()
                .filter(line -> line.startsWith("first: ") && !line.contains("image"))
                .toList();
    }

    @Test
    void filesAreBroughtAndFoldersMadeBeforeAnythingChanges() {
        Plan plan = plan(desired(DATA, HTML), emptyHost("dublin"), emptyHost("sydney"));

        assertThat(first(plan))
                .containsExactly(
                        "first: dublin/local: bring ./nginx.conf",
                        "first: dublin/local: make a folder of data for ./data",
                        "first: dublin/local: make a folder of data for ./html, with what is in it now",
                        "first: sydney/local: bring ./nginx.conf",
                        "first: sydney/local: make a folder of data for ./data",
                        "first: sydney/local: make a folder of data for ./html, with what is in it now");
    }

    @Test
    void regionsOnOneEngineShareFilesAndNotFolders() {
        Plan plan = plan(desired(DATA), emptyHost("one"), emptyHost("one"));

        assertThat(first(plan))
                .containsExactly(
                        "first: dublin/local: bring ./nginx.conf",
                        "first: dublin/local: make a folder of data for ./data",
                        "first: sydney/local: make a folder of data for ./data");
    }

    @Test
    void whatIsThereIsNotBroughtAgain() {
        HostState.Reachable full = host("dublin", Set.of("ab"), Map.of("data", ""));

        assertThat(first(plan(desired(DATA), full, host("sydney", Set.of("ab", "old"), Map.of("data", "")))))
                .isEmpty();
    }

    @Test
    void dataThatChangedInTheProjectIsSaidOnceAndNotBrought() {
        HostState.Reachable older = host("dublin", Set.of("ab"), Map.of("html", "before"));
        Plan plan = plan(desired(HTML), older, host("sydney", Set.of("ab"), Map.of("html", "before")));

        assertThat(first(plan)).isEmpty();
        assertThat(plan.warnings())
                .filteredOn(warning -> warning.contains("./html"))
                .containsExactly(
                        "what is in ./html changed, and does not reach the hosts: a folder that a service may write to"
                                + " is data, and stays as it is there; mount it read-only (:ro) to have it travel with"
                                + " each release");
    }

    @Test
    void dataThatBeganEmptyOrIsTheSameIsNotSaid() {
        Plan plan = plan(
                desired(HTML),
                host("dublin", Set.of("ab"), Map.of("html", "")),
                host("sydney", Set.of("ab"), Map.of("html", "cd")));

        assertThat(plan.warnings()).noneMatch(warning -> warning.contains("./html"));
    }

    @Test
    void dataThatCannotBeCopiedMattersOnlyWhereTheFolderIsToBeMade() {
        var unfit = new DataFolder(
                "html",
                new Seed.Unfit(
                        "is more than the 64 MiB that are copied to a host", new SourceLocation("compose.yaml", 4, 7)));

        assertThat(first(plan(
                        desired(unfit),
                        host("dublin", Set.of("ab"), Map.of("html", "")),
                        host("sydney", Set.of("ab"), Map.of("html", "")))))
                .isEmpty();
        assertThatThrownBy(() -> plan(desired(unfit), emptyHost("dublin"), emptyHost("sydney")))
                .isInstanceOf(UserError.class)
                .hasMessage("compose.yaml:4:7: ./html is more than the 64 MiB that are copied to a host");
    }
}
