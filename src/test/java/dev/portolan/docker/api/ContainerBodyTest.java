package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.Logging;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.ContainerSpec.ProcessSpec;
import dev.portolan.model.ContainerSpec.PublishedPort;
import dev.portolan.model.ContainerSpec.Resources;
import dev.portolan.model.ContainerSpec.Security;
import dev.portolan.model.ContainerSpec.Storage;
import dev.portolan.model.ContainerSpec.Ulimit;
import dev.portolan.model.Endpoint;
import dev.portolan.model.HealthTest;
import dev.portolan.model.ImageSource;
import dev.portolan.model.RestartPolicy;
import dev.portolan.testing.SpecBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerBodyTest {
    private static final ApiVersion OLD = new ApiVersion(1, 41);
    private static final ApiVersion NEW = new ApiVersion(1, 51);

    private static final ContainerSpec FULL = new ContainerSpec(
            new ImageSource.Pulled("web:1", "sha256:x"),
            new ProcessSpec(
                    Optional.of(List.of("serve", "--all")),
                    Optional.of(List.of()),
                    Map.of("B", "2", "A", "1=x"),
                    Optional.of("app:app"),
                    Optional.of("/srv"),
                    Optional.of("SIGQUIT"),
                    Duration.ofMillis(1500),
                    Optional.of(true),
                    false,
                    true),
            Optional.of(new HealthTest(
                    List.of("CMD", "true"), Duration.ofSeconds(2), Duration.ofMillis(500), 3, Duration.ofSeconds(1))),
            new Networking(
                    List.of(new NetworkAttachment("front", List.of("www")), new NetworkAttachment("back", List.of())),
                    Optional.empty(),
                    List.of(
                            new PublishedPort("127.0.0.1", 8080, 80, "tcp"),
                            new PublishedPort("", 0, 80, "tcp"),
                            new PublishedPort("", 53, 53, "udp")),
                    List.of("9000"),
                    Optional.of("web"),
                    List.of("db:10.0.0.1"),
                    List.of("10.0.0.2")),
            new Storage(
                    List.of(
                            new Mount(Mount.Kind.BIND, "/host", "/bind", true),
                            new Mount(Mount.Kind.BIND, "/with:colon", "/odd", false),
                            new Mount(Mount.Kind.VOLUME, "data", "/data", false),
                            new Mount(Mount.Kind.TMPFS, "", "/scratch", false)),
                    List.of(),
                    Map.of("/tmp", "size=1m"),
                    true),
            new Resources(1000, 500, 250_000_000, 64, 2000, Map.of("nofile", new Ulimit(1, 2)), Map.of("net.x", "1")),
            new Security(
                    true,
                    List.of("NET_ADMIN"),
                    List.of("ALL"),
                    List.of("no-new-privileges"),
                    List.of("audio"),
                    List.of("/dev/a", "/dev/b:/dev/c:r")),
            Map.of("mine", "1", "portolan.app", "forged"),
            new RestartPolicy(RestartPolicy.Mode.ALWAYS, 0),
            new Logging("local", Map.of("max-size", "10m")));

    @Test
    void everyFieldOfTheSpecificationIsInTheEnginesWords() throws JsonProcessingException {
        JsonNode expected = new ObjectMapper().readTree("""
                        {"Image": "web@sha256:x", "Cmd": ["serve", "--all"], "Entrypoint": [], "Env": ["A=1=x", "B=2"],
                         "User": "app:app", "WorkingDir": "/srv", "StopSignal": "SIGQUIT", "StopTimeout": 1,
                         "Tty": false, "OpenStdin": true, "StdinOnce": false, "Hostname": "web",
                         "AttachStdin": false, "AttachStdout": true, "AttachStderr": true,
                         "Healthcheck": {"Test": ["CMD", "true"], "Interval": 2000000000, "Timeout": 500000000,
                                         "Retries": 3, "StartPeriod": 1000000000},
                         "ExposedPorts": {"9000": {}, "80/tcp": {}, "53/udp": {}},
                         "Labels": {"mine": "1", "portolan.app": "shop"},
                         "NetworkingConfig": {"EndpointsConfig": {"front":
                             {"Aliases": ["www"], "IPAMConfig": {"IPv4Address": "10.1.0.9"}}}},
                         "HostConfig": {
                             "NetworkMode": "front",
                             "PortBindings": {
                                 "80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}, {"HostIp": "", "HostPort": ""}],
                                 "53/udp": [{"HostIp": "", "HostPort": "53"}]},
                             "ExtraHosts": ["db:10.0.0.1"], "Dns": ["10.0.0.2"], "Init": true,
                             "Binds": ["/host:/bind:ro", "data:/data:rw"],
                             "Mounts": [
                                 {"Type": "bind", "Source": "/with:colon", "Target": "/odd"},
                                 {"Type": "tmpfs", "Target": "/scratch"}],
                             "Tmpfs": {"/tmp": "size=1m"}, "ReadonlyRootfs": true,
                             "Memory": 1000, "MemoryReservation": 500, "NanoCpus": 250000000, "PidsLimit": 64,
                             "ShmSize": 2000, "Ulimits": [{"Name": "nofile", "Soft": 1, "Hard": 2}],
                             "Sysctls": {"net.x": "1"}, "OomKillDisable": false,
                             "Privileged": true, "CapAdd": ["CAP_NET_ADMIN"], "CapDrop": ["ALL"],
                             "SecurityOpt": ["no-new-privileges"], "GroupAdd": ["audio"],
                             "Devices": [
                                 {"PathOnHost": "/dev/a", "PathInContainer": "/dev/a", "CgroupPermissions": "rwm"},
                                 {"PathOnHost": "/dev/b", "PathInContainer": "/dev/c", "CgroupPermissions": "r"}],
                             "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0},
                             "LogConfig": {"Type": "local", "Config": {"max-size": "10m"}}}}
                        """);
        JsonNode body =
                ContainerBody.of("web@sha256:x", FULL, Map.of("portolan.app", "shop"), Optional.of("10.1.0.9"), OLD);
        assertThat(new ObjectMapper().readTree(body.toString()).toPrettyString())
                .isEqualToNormalizingNewlines(ordered(expected, body).toPrettyString());
    }

    /** JSON objects have no order; a difference shall be shown as one of content. */
    private static JsonNode ordered(JsonNode node, JsonNode like) {
        if (!node.isObject() || !like.isObject()) {
            return node;
        }
        var ordered = new ObjectMapper().createObjectNode();
        like.fieldNames().forEachRemaining(name -> {
            if (node.has(name)) {
                ordered.set(name, ordered(node.path(name), like.path(name)));
            }
        });
        node.fieldNames().forEachRemaining(name -> {
            if (!like.has(name)) {
                ordered.set(name, node.path(name));
            }
        });
        return ordered;
    }

    @Test
    void theHostsNetworkTakesNoOther() {
        var body = ContainerBody.of("x", SpecBuilder.of("x").hostNetwork().build(), Map.of(), Optional.empty(), OLD);
        assertThat(body.path("HostConfig").path("NetworkMode").asText()).isEqualTo("host");
        assertThat(body.has("NetworkingConfig")).isFalse();
    }

    @Test
    void whatIsNotSaidIsTheEnginesOrTheImagesOwn() {
        var spec = SpecBuilder.of(new ImageSource.Pulled("x", "")).build();
        var body = ContainerBody.of("x", spec, Map.of(), Optional.empty(), OLD);
        for (String field :
                List.of("Cmd", "Entrypoint", "User", "WorkingDir", "StopSignal", "Healthcheck", "Hostname")) {
            assertThat(body.has(field)).as(field).isFalse();
        }
        assertThat(body.path("HostConfig").has("ShmSize")).isFalse();
        assertThat(body.path("HostConfig").has("PidsLimit")).isFalse();
    }

    @Test
    void filesOfAReadOnlyContainerLieInVolumesOfTheirFolders() {
        var body = ContainerBody.of(
                "x",
                SpecBuilder.of("x")
                        .readOnly()
                        .mount(new Mount(Mount.Kind.VOLUME, "data", "/data", false))
                        .file("/run/secrets/a", 0400, 0, 0)
                        .file("/run/secrets/b", 0400, 0, 0)
                        .file("/data/deep/c", 0400, 0, 0)
                        .build(),
                Map.of(),
                Optional.empty(),
                OLD);
        assertThat(body.path("HostConfig").path("Mounts"))
                .extracting(mount -> mount.path("Target").asText())
                .containsExactly("/run/secrets");
    }

    @Test
    void filesBelowATmpfsAreNotHiddenByIt() {
        var spec = SpecBuilder.of("x")
                .tmpfs("/run", "")
                .file("/run/secrets/a", 0400, 0, 0)
                .file("/etc/b", 0400, 0, 0);
        assertThat(FilePlacement.volumes(spec.build().storage())).containsExactly("/run/secrets");
    }

    @Test
    void aNewEngineTakesAllNetworksAtOnceAndAnOldOneTheHardwareAddressOfTheContainer() {
        var networking = new Networking(
                List.of(
                        new NetworkAttachment(
                                "front",
                                List.of("www"),
                                Optional.of(new Endpoint(
                                        "10.1.0.7", "", List.of(), "02:42:ac:11:00:03", Map.of(), 5, "eth7"))),
                        new NetworkAttachment("back", List.of())),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());
        var spec = SpecBuilder.of("x").build().with(networking);

        var old = ContainerBody.of("x", spec, Map.of(), Optional.empty(), OLD);
        assertThat(old.path("MacAddress").asText()).isEqualTo("02:42:ac:11:00:03");
        assertThat(old.path("NetworkingConfig").path("EndpointsConfig").toString())
                .isEqualTo("{\"front\":{\"Aliases\":[\"www\"],\"IPAddress\":\"10.1.0.7\",\"DriverOpts\":"
                        + "{\"com.docker.network.endpoint.ifname\":\"eth7\"},\"GwPriority\":5,"
                        + "\"IPAMConfig\":{\"IPv4Address\":\"10.1.0.7\"}}}");
        assertThat(EndpointBodies.later(networking, OLD)).hasSize(1);
        var now = ContainerBody.of("x", spec, Map.of(), Optional.empty(), NEW);
        assertThat(now.has("MacAddress")).isFalse();
        assertThat(now.path("NetworkingConfig")
                        .path("EndpointsConfig")
                        .path("front")
                        .path("MacAddress")
                        .asText())
                .isEqualTo("02:42:ac:11:00:03");
        assertThat(now.path("NetworkingConfig")
                        .path("EndpointsConfig")
                        .path("back")
                        .toString())
                .isEqualTo("{\"Aliases\":[]}");
        assertThat(EndpointBodies.later(networking, NEW)).isEmpty();
    }

    @Test
    void anEngineThatIsTooOldForAKeyIsNamedWithIt() {
        var spec = SpecBuilder.of("x")
                .mount(new Mount(Mount.Kind.IMAGE, "tools:1", "/tools", false))
                .build();

        assertThatThrownBy(() -> Containers.refuseWhatIsTooNew(spec, OLD))
                .hasMessage("a volume of the type image needs Docker Engine 28 or newer; this one speaks the API 1.41");
        assertThatCode(() -> Containers.refuseWhatIsTooNew(spec, NEW)).doesNotThrowAnyException();
    }
}
