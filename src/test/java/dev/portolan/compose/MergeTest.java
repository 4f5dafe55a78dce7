package dev.portolan.compose;

import static dev.portolan.compose.ProjectFolder.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.portolan.compose.ServiceDependency.Condition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTest {
    @TempDir
    Path parent;

    private ProjectFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new ProjectFolder(parent);
    }

    private ComposeService merged(String base, String over) {
        folder.file("compose.yaml", "services:\n  web:\n    image: a\n" + base.indent(4) + TAIL)
                .file("compose.override.yaml", "services:\n  web:\n" + over.indent(4));
        return folder.web();
    }

    private static final String TAIL = """
              db: {image: b}
              queue: {image: c}
            networks: {one: {}, two: {}}
            volumes: {one: {}, two: {}}
            configs: {one: {content: a}, two: {content: b}}
            """;

    @Test
    void scalarsAreReplacedAndMappingsMerged() {
        ComposeService web = merged(
                "hostname: a\ntty: true\nhealthcheck: {test: [CMD, a], interval: 5s}",
                "image: b\nhostname: b\nhealthcheck: {test: b, timeout: 1s}");

        assertThat(web.image()).contains("b");
        assertThat(web.networking().hostname()).contains("b");
        assertThat(web.process().tty()).isTrue();
        assertThat(web.healthcheck().orElseThrow().test()).containsExactly("CMD-SHELL", "b");
        assertThat(web.healthcheck().orElseThrow().interval()).contains(Duration.ofSeconds(5));
        assertThat(web.healthcheck().orElseThrow().timeout()).contains(Duration.ofSeconds(1));
    }

    @Test
    void commandAndEntrypointAreReplacedAsAWhole() {
        ComposeService web = merged("command: [a, b]\nentrypoint: [c]", "command: d e\nentrypoint:");

        assertThat(web.process().command()).contains(List.of("d", "e"));
        assertThat(web.process().entrypoint()).isEmpty();
    }

    @Test
    void environmentAndLabelsOfEitherSyntaxAreMergedByName() {
        ComposeService web = merged(
                "environment: [A=1, B=2, C=3]\nlabels: {x: 1, y: 2}", "environment: {B: 4, C: }\nlabels: [y=3, z=4]");

        assertThat(web.process().environment()).containsOnly(entry("A", "1"), entry("B", "4"));
        assertThat(web.labels()).containsOnly(entry("x", "1"), entry("y", "3"), entry("z", "4"));
    }

    @Test
    void portsAreUniqueByAddressAndPorts() {
        ComposeService web = merged(
                "ports: [\"8080:80\", \"127.0.0.1:9090:90\"]",
                "ports: [\"8080:80/tcp\", \"8081:80\", {target: 90, published: \"9090\", host_ip: 127.0.0.1}]");

        assertThat(web.networking().ports().stream()
                        .map(port -> port.hostIp() + ":" + port.published() + ":" + port.target()))
                .containsExactly(":8080:80", "127.0.0.1:9090:90", ":8081:80");
    }

    @Test
    void volumesConfigsAndDevicesAreUniqueByTarget() {
        ComposeService web = merged(
                "volumes: [\"one:/data\", \"./a:/a\"]\nconfigs: [one]\ndevices: [/dev/a]",
                "volumes: [{type: volume, source: two, target: /data, read_only: true}]\n"
                        + "configs: [{source: two, target: /one}]\ndevices: [\"/dev/b:/dev/a:r\"]");

        assertThat(web.storage().volumes().stream()
                        .map(volume -> volume.type() + " " + volume.target() + " " + volume.readOnly()))
                .containsExactly("VOLUME /data true", "BIND /a false");
        assertThat(web.storage().volumes().getFirst().source()).isEqualTo("two");
        assertThat(web.storage().configs().stream().map(FileMount::source)).containsExactly("two");
        assertThat(web.security().devices()).containsExactly("/dev/b:/dev/a:r");
    }

    @Test
    void listsAreAppendedAndSetsStaySets() {
        ComposeService web = merged(
                "cap_add: [A, B]\nsecurity_opt: [a]\nexpose: [80]\ndns: 1.1.1.1\ntmpfs: /run",
                "cap_add: [B, C]\nsecurity_opt: [b]\nexpose: [\"80\", \"81\"]\ndns: [1.1.1.1, 8.8.8.8]\ntmpfs: [/tmp]");

        assertThat(web.security().capAdd()).containsExactly("A", "B", "C");
        assertThat(web.security().securityOpt()).containsExactly("a", "b");
        assertThat(web.networking().expose()).containsExactly("80", "81");
        assertThat(web.networking().dns()).containsExactly("1.1.1.1", "8.8.8.8");
        assertThat(web.storage().tmpfs()).containsExactly("/run", "/tmp");
    }

    @Test
    void dependenciesAndNetworksOfEitherSyntaxAreMergedByName() {
        ComposeService web = merged(
                "depends_on: {db: {condition: service_healthy}}\nnetworks: [one]",
                "depends_on: {db: {restart: true}, queue: {condition: service_started}}\nnetworks: {one: {aliases: [w]}, two: }");

        assertThat(at(web.dependsOn(), "db").condition()).isEqualTo(Condition.SERVICE_HEALTHY);
        assertThat(at(web.dependsOn(), "db").restart()).isTrue();
        assertThat(web.dependsOn()).containsKey("queue");
        assertThat(web.networking().networks()).containsOnlyKeys("one", "two");
        assertThat(at(web.networking().networks(), "one").aliases()).containsExactly("w");
    }

    @Test
    void aBuildOfEitherSyntaxIsMerged() {
        ComposeService web = merged("build: ./a", "build: {target: t, args: {A: 1}}");

        Build build = web.build().orElseThrow();
        assertThat(build.context()).isEqualTo(folder.path().resolve("a"));
        assertThat(build.target()).isEqualTo(Optional.of("t"));
        assertThat(build.args()).containsOnly(entry("A", "1"));
    }

    @Test
    void optionsOfALogDriverAreMergedOnlyForTheSameDriver() {
        String base = "logging: {driver: json-file, options: {max-size: 1m}}";

        assertThat(merged(base, "logging: {options: {max-file: 2}}")
                        .logging()
                        .orElseThrow()
                        .options())
                .isEqualTo(Map.of("max-size", "1m", "max-file", "2"));
        assertThat(merged(base, "logging: {driver: local, options: {max-file: 2}}")
                        .logging()
                        .orElseThrow()
                        .options())
                .isEqualTo(Map.of("max-file", "2"));
    }

    @Test
    void nothingOverSomethingChangesNothing() {
        ComposeService web =
                merged("hostname: a\nports: [\"80\"]\nhealthcheck: {test: a}", "hostname:\nports:\nhealthcheck:");

        assertThat(web.networking().hostname()).contains("a");
        assertThat(web.networking().ports()).hasSize(1);
        assertThat(web.healthcheck()).isPresent();
    }

    @Test
    void resetRemovesAndOverrideReplaces() {
        ComposeService web = merged(
                "hostname: a\nports: [\"80\"]\nenvironment: {A: 1, B: 2}\ncpuset: \"0\"\ndns: [1.1.1.1]\nvolumes: [\"one:/a\"]",
                "hostname: !reset null\nports: !reset []\nenvironment: {A: !reset null, C: 3}\ncpuset: !reset null\n"
                        + "dns: !override [8.8.8.8]\nvolumes: !override\n  - \"two:/b\"");

        assertThat(web.networking().hostname()).isEmpty();
        assertThat(web.networking().ports()).isEmpty();
        assertThat(web.process().environment()).containsOnly(entry("B", "2"), entry("C", "3"));
        assertThat(web.networking().dns()).containsExactly("8.8.8.8");
        assertThat(web.storage().volumes().stream().map(ServiceVolume::target)).containsExactly("/b");
    }

    @Test
    void addressPoolsAreMergedBySubnet() {
        folder.file(
                        "compose.yaml",
                        "services: {web: {image: a, networks: [n]}}\nnetworks: {n: {ipam: {config: [{subnet: 10.1.0.0/24}]}}}")
                .file(
                        "compose.override.yaml",
                        "networks: {n: {internal: true, ipam: {config: [{subnet: 10.1.0.0/24}]}}}");

        assertThat(at(folder.project().networks(), "n").subnet()).contains("10.1.0.0/24");
        assertThat(at(folder.project().networks(), "n").internal()).isTrue();
    }

    @Test
    void filesAndOverridesCountInTheirOrder() {
        folder.file("a.yaml", "services: {web: {image: a, hostname: a, user: a}}")
                .file("b.yaml", "services: {web: {hostname: b, user: b}}")
                .file("regions/eu.yaml", "services: {web: {user: c, volumes: [\"./x:/x\"]}}")
                .files("a.yaml", "b.yaml")
                .overrides("regions/eu.yaml");

        ComposeService web = folder.web();
        assertThat(web.image()).contains("a");
        assertThat(web.networking().hostname()).contains("b");
        assertThat(web.process().user()).contains("c");
        assertThat(web.location("user").file()).isEqualTo("regions/eu.yaml");
        assertThat(web.storage().volumes().getFirst().source()).isEqualTo(folder.path() + "/x");
    }

    @Test
    void documentsOfOneFileAreMergedLikeFiles() {
        folder.file("compose.yaml", "services: {web: {image: a}}\n---\nservices: {web: {image: b}}\n");

        assertThat(folder.web().image()).contains("b");
    }
}
