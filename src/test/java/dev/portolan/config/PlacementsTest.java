package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Service;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy.mode} and {@code deploy.placement}. */
class PlacementsTest {
    @TempDir
    Path path = Path.of("");

    private AppFolder app(String deploy) {
        return new AppFolder(path)
                .with("portolan.yml", AppFolder.TWO_REGIONS + "routes: [{ service: web }]\n")
                .with("compose.yaml", """
                        services:
                          web: { image: web, ports: ["8080:80"] }
                          it: { image: it, deploy: %s }
                        """.formatted(deploy));
    }

    private static List<String> services(AppFolder app, String region) {
        return app.read().desired().workload(region).services().stream()
                .map(Service::name)
                .toList();
    }

    @Test
    void aConstraintOnTheRegionChoosesWhereAServiceRuns() {
        AppFolder app = app("{ placement: { constraints: [node.labels.region == dublin] } }");

        assertThat(app.problems()).isEmpty();
        assertThat(services(app, "dublin")).containsExactly("web", "it");
        assertThat(services(app, "sydney")).containsExactly("web");
    }

    @Test
    void aConstraintMayExcludeARegion() {
        AppFolder app = app("{ placement: { constraints: [\"node.labels.region!=dublin\"] } }");

        assertThat(services(app, "dublin")).containsExactly("web");
        assertThat(services(app, "sydney")).containsExactly("web", "it");
    }

    @Test
    void aConstraintThatNoRegionMeetsIsAnErrorThatNamesIt() {
        assertThat(app("{ placement: { constraints: [node.labels.region == dubln] } }")
                        .problems())
                .containsExactly(
                        "compose.yaml:3:28: services/it/deploy/placement/constraints: \"node.labels.region == dubln\""
                                + " is true of no region; did you mean \"dublin\"?");
    }

    @Test
    void aConstraintOnNodesOfASwarmHasNoEffectAsInDockerCompose() {
        AppFolder app = app("{ placement: { constraints: [node.role == manager] } }");

        assertThat(services(app, "sydney")).containsExactly("web", "it");
        assertThat(app.problems())
                .containsExactly(
                        "compose.yaml:3:28: services/it/deploy/placement/constraints: \"node.role == manager\" is"
                                + " about nodes of a Swarm, and without effect here as in Docker Compose; choose regions with"
                                + " \"node.labels.region == dublin\"");
    }

    @Test
    void aConstraintOnALabelChoosesTheHostsThatHaveIt() {
        AppFolder app = labelled("[node.labels.disk == ssd]");

        assertThat(app.problems()).isEmpty();
        assertThat(services(app, "dublin")).containsExactly("web", "it");
        assertThat(services(app, "sydney")).containsExactly("web");
        assertThat(app.service("dublin", "it").hosts()).isEmpty();
    }

    @Test
    void aHostWithoutTheLabelIsNotOneThatHasItsValue() {
        assertThat(services(labelled("[node.labels.disk != ssd]"), "sydney")).contains("it");
        assertThat(services(labelled("[node.labels.rack != r1]"), "sydney")).contains("it");
        assertThat(services(labelled("[node.labels.rack != r1]"), "dublin")).doesNotContain("it");
    }

    @Test
    void aConstraintMayNameAHost() {
        assertThat(labelled("[node.hostname == local]").problems()).isEmpty();
        assertThat(labelled("[node.hostname == locl]").problems())
                .containsExactly(
                        "compose.yaml:3:28: services/it/deploy/placement/constraints: \"node.hostname == locl\" is true"
                                + " of no host; did you mean \"local\"?");
    }

    @Test
    void aConstraintThatNoHostMeetsIsAnErrorThatSaysWhatThereIs() {
        assertThat(labelled("[node.labels.disk == nvme]").problems())
                .containsExactly(
                        "compose.yaml:3:28: services/it/deploy/placement/constraints: \"node.labels.disk == nvme\" is"
                                + " true of no host; what hosts have as disk is ssd, hdd");
        assertThat(labelled("[node.labels.gpu == true]").problems())
                .containsExactly(
                        "compose.yaml:3:28: services/it/deploy/placement/constraints: \"node.labels.gpu == true\" is"
                                + " true of no host; give it to hosts in portolan.yml, such as \"hosts: [{ address:"
                                + " local, labels: { gpu: true } }]\", or remove the constraint");
    }

    @Test
    void constraintsThatNoHostMeetsTogetherAreAnError() {
        assertThat(labelled("[node.labels.disk == ssd, node.labels.region == sydney]")
                        .problems())
                .containsExactly(
                        "compose.yaml:3:28: services/it/deploy/placement/constraints: each constraint is true of some"
                                + " host, but all together of none; remove one of them");
    }

    private AppFolder labelled(String constraints) {
        return app("{ placement: { constraints: %s } }".formatted(constraints)).with("portolan.yml", """
                app: shop
                primary: dublin
                routes: [{ service: web }]
                regions:
                  dublin: { hosts: [{ address: local, labels: { disk: ssd, rack: r1 } }] }
                  sydney: { hosts: [{ address: local, labels: { disk: hdd } }] }
                """);
    }

    @Test
    void whatSharesVolumesOrNamespacesWithAnotherMustBePlacedWithIt() {
        AppFolder app = new AppFolder(path)
                .with("portolan.yml", AppFolder.TWO_REGIONS + "routes: []\n")
                .with("compose.yaml", """
                        services:
                          db: { image: db, deploy: { placement: { constraints: [node.labels.region == dublin] } } }
                          backup: { image: backup, volumes_from: [db] }
                          inside: { image: inside, pid: "service:db" }
                        """);

        assertThat(app.problems())
                .containsExactly(
                        "compose.yaml:3:3: services/backup: it shares namespaces or volumes of \"db\", which is not on"
                                + " every host that has it; give both the same placement.constraints",
                        "compose.yaml:4:3: services/inside: it shares namespaces or volumes of \"db\", which is not on"
                                + " every host that has it; give both the same placement.constraints");
    }

    @Test
    void aGlobalServiceHasOneContainerOnEachHost() {
        AppFolder app = app("{ mode: global }");

        assertThat(app.problems()).isEmpty();
        assertThat(app.service("sydney", "it").replicas()).isEqualTo(1);
        assertThat(app.service("sydney", "it").job()).isFalse();
    }

    @Test
    void noHostHasMoreReplicasThanItMay() {
        assertThat(app("{ replicas: 5, placement: { max_replicas_per_node: 2 } }")
                        .service("dublin", "it")
                        .replicas())
                .isEqualTo(2);
    }

    @Test
    void theModesOfJobsMakeAJob() {
        assertThat(app("{ mode: replicated-job }").service("dublin", "it").job())
                .isTrue();
        assertThat(app("{ mode: global-job }").service("dublin", "it").job()).isTrue();
    }
}
