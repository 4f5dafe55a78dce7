package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.compose.ComposeProject;
import dev.portolan.config.Configuration;
import dev.portolan.config.ConfigurationReader;
import dev.portolan.docker.EngineException;
import dev.portolan.http.HttpRequest;
import dev.portolan.model.InvalidConfiguration;
import dev.portolan.model.NetworkDesign;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Service;
import dev.portolan.model.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The containers that Portolan makes are those that Docker Compose makes of the same files, field by field as {@code docker inspect} says;
 * {@link Inspection} has what is left out. Docker Compose's answers lie beside each project, by the version of the engine's API; where
 * Docker Compose has been built they are asked for anew, and {@code -Dcontainers.golden.write=true} writes them.
 */
class SameContainerIT extends EngineTestBase {
    private static final Path PROJECTS =
            Path.of("src/test/resources/dev/portolan/docker/containers").toAbsolutePath();
    private static final boolean WRITE = Boolean.getBoolean("containers.golden.write");
    private static final String PROJECT = "same-dublin";
    private static final String PORTOLAN = """
            app: same
            primary: dublin
            regions: { dublin: { hosts: [local] } }
            routes: []
            """;
    private static final String IMAGE = "portolan-test/service";
    private static final String SETTINGS = """
            ENTRYPOINT ["/bin/busybox"]
            CMD ["sleep", "600"]
            ENV A=image IMAGE=1
            EXPOSE 8000
            VOLUME /from-image
            USER 1001
            WORKDIR /var
            LABEL image=yes
            HEALTHCHECK --interval=9s --retries=2 CMD test -e /tmp
            """;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    static Stream<String> projects() throws IOException {
        try (Stream<Path> folders = Files.list(PROJECTS)) {
            List<String> names = new ArrayList<>(
                    folders.map(folder -> String.valueOf(folder.getFileName())).toList());
            names.sort(Comparator.naturalOrder());
            return names.stream();
        }
    }

    /** One that says much by itself, so that what a service does not say shows. */
    @BeforeEach
    void makeImage() throws IOException {
        if (engine.imageDigest(IMAGE + ":1").isPresent()) {
            return;
        }
        engine.create(name("seed"), sleeping().build(), Map.of(), Optional.empty(), List.of());
        try (EngineCalls calls = new EngineCalls(host, LIMIT)) {
            calls.post(Query.path("commit")
                    .with("container", name("seed"))
                    .with("repo", IMAGE)
                    .with("tag", "1")
                    .with("changes", SETTINGS));
        }
    }

    @ParameterizedTest
    @MethodSource("projects")
    void theContainersAreThoseOfDockerCompose(String name) throws IOException {
        Path project = PROJECTS.resolve(name);
        Path golden = project.resolve("expected-" + version() + ".json");
        if (ComposeOracle.isBuilt()) {
            JsonNode asked = answer(project);
            if (WRITE) {
                Files.writeString(golden, JSON.writeValueAsString(asked) + "\n");
            }
            if (Files.exists(golden)) {
                assertThat(differences(JSON.readTree(golden.toFile()), asked))
                        .as("Docker Compose's answer")
                        .isEmpty();
            }
            assertThat(differences(asked, made(project))).isEmpty();
        } else {
            Assumptions.assumeTrue(
                    Files.exists(golden),
                    "no answer of Docker Compose for an engine with the API " + version()
                            + ": build it with src/test/compose-oracle/golden --build");
            assertThat(differences(JSON.readTree(golden.toFile()), made(project)))
                    .isEmpty();
        }
    }

    private String version() {
        return inspection("/version").path("ApiVersion").asText();
    }

    private JsonNode answer(Path project) {
        ComposeOracle compose =
                new ComposeOracle(project, PROJECT, testEngine.socket(), folder.resolve("docker-compose"));
        try {
            if (!compose.create()) {
                assertThat(compose.said()).containsAnyOf("require", "requires");
                return JsonNodeFactory.instance.textNode("refused");
            }
            return inspections(project);
        } finally {
            compose.remove();
        }
    }

    private JsonNode made(Path project) {
        try {
            Workload workload = configuration(project).desired().workload("dublin");
            workload.networks().forEach(this::make);
            workload.volumes().forEach(volume -> engine.ensureVolume(volume, Map.of()));
            for (Service service : inOrder(workload.services())) {
                engine.create(
                        container(service.name()),
                        service.container().besides(this::idOf),
                        Map.of(),
                        Optional.empty(),
                        List.of());
                engine.updateRestart(
                        container(service.name()), service.container().restart());
            }
            return inspections(project);
        } catch (EngineException | InvalidConfiguration refused) {
            return JsonNodeFactory.instance.textNode("refused");
        } finally {
            Workload workload = configuration(project).desired().workload("dublin");
            workload.services().forEach(service -> engine.remove(container(service.name())));
            workload.networks().forEach(network -> engine.removeNetwork(network.name()));
            workload.volumes().forEach(volume -> engine.removeVolume(volume.name()));
        }
    }

    private Configuration configuration(Path project) {
        return ConfigurationReader.read(
                project,
                ConfigurationReader.Options.of(Map.of(), reference -> engine.imageDigest(reference))
                        .withPortolanText(PORTOLAN));
    }

    /** As a plan does. */
    private void make(NetworkSpec network) {
        String free = freeSubnet();
        String range = network.pool().map(NetworkDesign.Pool::range).orElse("");
        String upperHalf =
                network.subnet().map(subnet -> subnet.replace("0/24", "128/25")).orElse(free + ".1.0/24");
        engine.ensureNetwork(
                network,
                network.planned() ? network.subnet().orElse(free + ".0.0/23") : "",
                range.isEmpty() ? upperHalf : range,
                Map.of());
    }

    /** Those that others need first, as Docker Compose does. */
    private static List<Service> inOrder(List<Service> services) {
        List<Service> ordered = new ArrayList<>();
        Set<String> done = new HashSet<>();
        while (ordered.size() < services.size()) {
            services.stream()
                    .filter(service -> !done.contains(service.name()))
                    .filter(service ->
                            service.dependencies().stream().allMatch(dependency -> done.contains(dependency.service())))
                    .toList()
                    .forEach(service -> {
                        ordered.add(service);
                        done.add(service.name());
                    });
        }
        return ordered;
    }

    private static String container(String service) {
        return PROJECT + "-" + service + "-1";
    }

    private String idOf(String service) {
        return engine.container(container(service)).orElseThrow().id();
    }

    private ObjectNode inspections(Path project) {
        ComposeProject read = Optional.ofNullable(
                        configuration(project).projects().get("dublin"))
                .orElseThrow();
        ObjectNode inspections = JsonNodeFactory.instance.objectNode();
        read.services().forEach((name, service) -> {
            JsonNode inspection = inspection("/containers/" + container(name) + "/json");
            inspections.set(name, Inspection.comparable(inspection, project.toString(), service));
        });
        read.networks().values().forEach(network -> {
            JsonNode inspection = inspection("/networks/" + network.engineName(PROJECT));
            inspections.set("network " + network.key(), Inspection.comparable(inspection, network));
        });
        read.volumes().values().forEach(volume -> {
            JsonNode inspection = inspection("/volumes/" + volume.engineName(PROJECT));
            inspections.set("volume " + volume.key(), Inspection.comparable(inspection, volume));
        });
        return inspections;
    }

    /** In the newest version that the engine speaks, so that it leaves nothing out. */
    private JsonNode inspection(String path) {
        try (var transport = new EngineTransport(host);
                var exchange = transport.send(HttpRequest.of("GET", path), Optional.of(LIMIT))) {
            return JSON.readTree(exchange.response().readAll());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The values that only Docker Compose's containers have, and those that only Portolan's have. */
    private static List<String> differences(JsonNode expected, JsonNode actual) {
        Set<String> wanted = new TreeSet<>();
        Set<String> found = new TreeSet<>();
        collect("", expected, wanted);
        collect("", actual, found);
        return Stream.concat(
                        wanted.stream().filter(line -> !found.contains(line)).map(line -> "expected " + line),
                        found.stream().filter(line -> !wanted.contains(line)).map(line -> "found " + line))
                .toList();
    }

    private static void collect(String path, JsonNode node, Set<String> lines) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(field -> collect(path + "/" + field.getKey(), field.getValue(), lines));
        } else {
            lines.add(path + ": " + node);
        }
    }
}
