package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.model.ContainerState;
import dev.portolan.model.ContainerState.Health;
import dev.portolan.model.ContainerState.Status;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerReadingTest {

    private static JsonNode line(String state, String words, String networks) throws JsonProcessingException {
        return new ObjectMapper().readTree("""
                        {"Id": "abc", "Names": ["/shop-web-1"], "State": "%s", "Status": "%s", "Created": 1700000000,
                         "Labels": {"portolan.service": "web", "portolan.replica": "1", "portolan.config-hash": "h",
                                    "portolan.release": "0123456789"},
                         "NetworkSettings": {"Networks": {%s}}}
                        """.formatted(state, words, networks));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", emptyValue = "", textBlock = """
                    running    | Up 3 seconds                            | RUNNING    | NONE      | ''
                    running    | Up 3 seconds (healthy)                  | RUNNING    | HEALTHY   | ''
                    running    | Up About an hour (unhealthy)            | RUNNING    | UNHEALTHY | ''
                    running    | Up Less than a second (health: starting) | RUNNING   | STARTING  | ''
                    paused     | Up 2 minutes (Paused)                   | PAUSED     | NONE      | ''
                    created    | Created                                 | CREATED    | NONE      | ''
                    exited     | Exited (137) 2 seconds ago              | EXITED     | NONE      | 137
                    exited     | Exited (0) About a minute ago           | EXITED     | NONE      | 0
                    restarting | Restarting (9) 1 second ago             | RESTARTING | NONE      | 9
                    dead       | Dead                                    | DEAD       | NONE      | ''
                    removing   | Removal In Progress                     | DEAD       | NONE      | ''
                    """)
    void theWordsOfTheListAreUnderstood(String state, String words, Status status, Health health, String exitCode)
            throws JsonProcessingException {
        ContainerState read = ContainerReading.fromList(line(state, words, ""));
        assertThat(read.name()).isEqualTo("shop-web-1");
        assertThat(read.status()).isEqualTo(status);
        assertThat(read.health()).isEqualTo(health);
        assertThat(read.exitCode().map(String::valueOf).orElse("")).isEqualTo(exitCode);
        assertThat(read.created()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    }

    @Test
    void whatAContainerKnowsByHeartIsInItsLabels() throws JsonProcessingException {
        var line = (ObjectNode) line("running", "Up 1 second", "");
        ((ObjectNode) line.path("Labels")).put("portolan.neighbour.db", "10.213.0.2");
        assertThat(ContainerReading.fromList(line).neighbours()).isEqualTo(Map.of("db", "10.213.0.2"));
    }

    @Test
    void onlyAFixedAddressOutlivesTheProcess() throws JsonProcessingException {
        String networks = """
                "a": {"IPAMConfig": {"IPv4Address": "10.1.0.5"}, "IPAddress": "10.1.0.5"},
                "b": {"IPAMConfig": null, "IPAddress": "10.2.0.9"},
                "host": {"IPAMConfig": {}, "IPAddress": ""}
                """;
        assertThat(ContainerReading.fromList(line("running", "Up 1 second", networks))
                        .address())
                .containsOnlyKeys("a", "b", "host")
                .containsEntry("host", "127.0.0.1")
                .containsEntry("b", "10.2.0.9");
        assertThat(ContainerReading.fromList(line("exited", "Exited (0) 1 second ago", networks))
                        .address())
                .containsOnlyKeys("a")
                .containsEntry("a", "10.1.0.5");
    }
}
