package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.config.PortolanFile.HostEntry;
import dev.portolan.config.PortolanFile.RegionEntry;
import dev.portolan.config.PortolanFile.ReleaseEntry;
import dev.portolan.config.PortolanFile.RouteEntry;
import dev.portolan.config.PortolanFile.TrafficEntry;
import dev.portolan.model.HostAddress;
import dev.portolan.model.Place;
import dev.portolan.model.Problem;
import dev.portolan.model.RolloutSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PortolanFileReaderTest {
    private final Problems problems = new Problems();

    static Stream<Path> bad() {
        return Stream.concat(Corpus.files("bad"), Corpus.files("beyond-the-schema"));
    }

    @Test
    void everyKeyIsReadToItsExactValue() {
        PortolanFile file = new PortolanFileReader(problems)
                .read("portolan.yml", Corpus.text(Corpus.FOLDER.resolve("good/everything.yml")));

        assertThat(problems.all()).isEmpty();
        assertThat(file.app().value()).isEqualTo("chuspace");
        assertThat(file.primary()).isEqualTo("eu-west-1");
        var route = (RouteEntry.Http) file.routes().orElseThrow().value().getFirst();
        assertThat(route.host().value()).isEqualTo("chuspace.com");
        assertThat(route.service()).isEqualTo(located("web", 6, 36, "routes/0/service"));
        assertThat(route.port()).contains(located(3000, 6, 47, "routes/0/port"));
        assertThat(route.health().map(Located::value)).contains("/heartbeat");
        assertThat(route.sticky().map(Located::value)).contains("_chuspace_session");
        assertThat(file.regions())
                .extracting(region -> region.name().value())
                .containsExactly("eu-west-1", "west", "ap-southeast-2", "tokyo", "oslo");
        RegionEntry first = file.regions().getFirst();
        assertThat(first.place()).isEqualTo(new Place(53.33, -6.25));
        assertThat(first.hosts()).containsExactly(new HostEntry(new HostAddress.Local(), Map.of()));
        assertThat(file.regions().get(2).hosts())
                .containsExactly(new HostEntry(
                        new HostAddress.Local(),
                        Map.of("disk", "ssd", "cores", "4", "gpu", "false", "com.example.rack_1", "")));
        assertThat(file.regions().getLast().hosts())
                .containsExactly(
                        new HostEntry(ssh("deploy", "10.1.0.11", 0, ""), Map.of()),
                        new HostEntry(ssh("", "web-2.example.com", 2222, ""), Map.of()),
                        new HostEntry(ssh("", "2001:db8::1", 0, ""), Map.of()),
                        new HostEntry(ssh("root", "2001:db8::2", 22, ""), Map.of()),
                        new HostEntry(
                                ssh("ann", "10.1.0.13", 2222, "bastion,ann@[fd00::1]:2022"), Map.of("disk", "ssd")));
        assertThat(first.env())
                .extractingByKeys("DATABASE_URL", "POOL", "QUEUE")
                .extracting(Located::value)
                .containsExactly("mysql://eu", "5", "jobs");
        assertThat(first.compose()).extracting(Located::value).containsExactly("compose.dublin.yaml");
        assertThat(file.regions().get(1).place()).isEqualTo(new Place(37.8, -122.4));
        assertThat(file.regions().get(1).compose()).hasSize(2);
        assertThat(file.regions().get(2).place()).isEqualTo(new Place(-33.87, 151.21));
        assertThat(file.env())
                .extractingByKeys("RAILS_ENV", "DEBUG", "EMPTY")
                .extracting(Located::value)
                .containsExactly("production", "false", "");
        assertThat(file.rollout())
                .isEqualTo(new RolloutSettings(
                        4,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(90),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Optional.of(3),
                        false));
        assertThat(file.release())
                .contains(new ReleaseEntry(
                        located("web", 37, 21, "release/service"),
                        List.of("bin/rails", "db:migrate"),
                        Duration.ofSeconds(90)));
        assertThat(file.traffic().orElseThrow().provider()).isEqualTo(TrafficEntry.Provider.EDGE);
        assertThat(file.traffic().orElseThrow().port().map(Located::value)).contains(8080);
    }

    private static HostAddress ssh(String user, String address, int port, String via) {
        return new HostAddress.Ssh(
                Optional.of(user).filter(given -> !given.isEmpty()),
                address,
                Optional.of(port).filter(given -> given > 0),
                Optional.of(via).filter(given -> !given.isEmpty()));
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        PortolanFile file = new PortolanFileReader(problems)
                .read("portolan.yml", "app: shop\nregions: { dublin: { hosts: [local] } }\n");

        assertThat(problems.all()).isEmpty();
        assertThat(file.primary()).isEqualTo("dublin");
        assertThat(file.routes()).isEmpty();
        assertThat(file.rollout()).isEqualTo(RolloutSettings.DEFAULT);
        assertThat(file.traffic()).isEmpty();
        assertThat(file.env()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void everyProblemIsSaidAtOnceInExactlyTheseWords(Path file) {
        new PortolanFileReader(problems).read("portolan.yml", Corpus.text(file));

        assertThat(problems.all().stream().map(Problem::toString).collect(Collectors.joining("\n", "", "\n")))
                .isEqualTo(Corpus.text(Corpus.problems(file)));
    }

    private static <T> Located<T> located(T value, int line, int column, String path) {
        return new Located<>(value, new dev.portolan.model.SourceLocation("portolan.yml", line, column), path);
    }

    /** So that no file of the corpus is forgotten. */
    @Test
    void everyBadFileSaysItsProblems() {
        assertThat(bad().toList()).hasSizeGreaterThan(10);
        assertThat(bad().map(Corpus::problems).filter(path -> !path.toFile().isFile()))
                .isEqualTo(List.of());
    }
}
