package dev.portolan.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer has found: each input keeps the rules of its target now. */
class FindsTest {

    /** What was wrong in Portolan. */
    static Stream<Arguments> mended() {
        return Stream.of(
                Arguments.of(
                        Target.INTERPOLATION,
                        "a separator of lines was written as \\L, which was not read",
                        "- \"next\\Nline\\u2028paragraph\\u2029\""),
                Arguments.of(
                        Target.INTERPOLATION,
                        "a text of several lines alone in its file was written without the indent that it named",
                        "\" a\\nb\""),
                Arguments.of(
                        Target.INTERPOLATION,
                        "a fraction of a second was rounded otherwise than by Go",
                        "1h2m3s4m4ms5us5us"),
                Arguments.of(
                        Target.INTERPOLATION,
                        "a tab after a dash in a text of several lines was taken for an indent",
                        new String(
                                java.util.HexFormat.of()
                                        .parseHex(
                                                "2f3a680d0d0d0d0d0d0d2d2d2d0d2d6e65df91be7265616c6d730d0d0d0d2d0d0d0d0d0d0d0d2d090909090909090909300d2d2d0d0d0d0d0d0d0d0d2d0a3c3c3c3c3c3c3c2065e231a86e"),
                                StandardCharsets.UTF_8)));
    }

    /** Where Docker Compose itself does not read again what it prints, Portolan does the same, and the target allows it. */
    static Stream<Arguments> asDockerCompose() {
        return Stream.of(
                Arguments.of(Target.READER, "a size below zero", web("mem_limit: -1")),
                Arguments.of(Target.READER, "a dollar in a key", web("labels: { $A: x }")),
                Arguments.of(Target.READER, "a variable without a name", web("environment: [ =x ]")),
                Arguments.of(
                        Target.READER,
                        "a key of SSH with a path",
                        web("build: { context: ., ssh: { deploy: /home/ann/.ssh/deploy } }")),
                Arguments.of(
                        Target.READER,
                        "a key of SSH that is not the default",
                        web("build: { context: ., ssh: { other: } }")),
                Arguments.of(
                        Target.READER,
                        "a network that is a name in a list and none in a mapping",
                        web("networks: [ ~ats ]") + "networks: { ~ats: }\n"),
                Arguments.of(Target.READER, "a hook that runs nothing", web("post_start: [ { command: } ]")),
                Arguments.of(Target.READER, "no GPU", web("gpus: [ { count: 0 } ]")),
                Arguments.of(
                        Target.READER,
                        "a reserved device of which there is none",
                        web(
                                "deploy: { resources: { reservations: { devices: [ { count: 0, capabilities: [gpu] } ] } } }")),
                Arguments.of(
                        Target.READER,
                        "an empty name of a Dockerfile",
                        web("build: { context: ., dockerfile: \"${NONE}\" }")),
                Arguments.of(
                        Target.READER,
                        "an empty name of a network",
                        web("networks: [ back ]") + "networks: { back: { name: \"${NONE}\" } }\n"),
                Arguments.of(
                        Target.READER,
                        "a service that need not be there and is not",
                        web("depends_on: { db: { condition: service_started, required: false } }")
                                + "  db: { image: x, profiles: [db] }\n"),
                Arguments.of(
                        Target.READER,
                        "a port that is there in both syntaxes",
                        web("ports: [ { target: 443, published: 8443 }, \"8443:443\" ]")),
                Arguments.of(
                        Target.MERGE,
                        "a network that is a name in a list and none in a mapping",
                        web("networks: [ ~ats ]") + "networks: { ~ats: }\n\u007f{}\n"),
                Arguments.of(
                        Target.MERGE,
                        "keys of SSH, which cannot be merged",
                        web("build: { context: ., ssh: [ default ] }") + "\u007f{}\n"),
                Arguments.of(Target.MERGE, "all GPUs over all GPUs", web("gpus: all") + "\u007f{}\n"),
                Arguments.of(
                        Target.MERGE,
                        "a build context without a value, which a merge writes as a pair",
                        web("build: { context: ., additional_contexts: { a: } }") + "\u007f{}\n"),
                Arguments.of(
                        Target.MERGE,
                        "an address of a host with a comma, which is two after a merge",
                        web("extra_hosts: { a: \"10.0.0.2, 10.0.0.3\" }") + "\u007f{}\n"),
                Arguments.of(
                        Target.MERGE,
                        "an address that is there twice after that",
                        web("extra_hosts: { a: \"10.0.0.2, x, x\" }") + "\u007f" + web("extra_hosts: [ a=10.0.0.4 ]")),
                Arguments.of(
                        Target.MERGE,
                        "a variable whose name begins with an equals sign, which is another one after a merge",
                        web("environment: { =B: 1 }") + "\u007f{}\n"),
                Arguments.of(
                        Target.MERGE,
                        "a variable whose name ends with a space, which a merge refuses",
                        web("environment: { j =B: 1 }") + "\u007f{}\n"),
                Arguments.of(
                        Target.MERGE,
                        "a list over itself that may have no item twice",
                        web("device_cgroup_rules: [ \"c 1:3 mr\" ]") + "\u007f{}\n"));
    }

    /** Where the target was wrong. */
    static Stream<Arguments> neverWrong() {
        return Stream.of(
                Arguments.of(
                        Target.PORTOLAN_FILE,
                        "a carriage return alone ends a line, so there are more of them",
                        "\r \r app: sho"),
                Arguments.of(
                        Target.PORTOLAN_FILE,
                        "a number with a fraction of nothing is an integer to a schema only",
                        "app: a\nregions: { dublin: { hosts: [local] } }\nroutes: [ { tcp: 0864, service: db } ]\n"),
                Arguments.of(
                        Target.PORTOLAN_FILE,
                        "a whole number beyond 64 bits is too large for the validator itself",
                        "app: a\nregions: { dublin: { hosts: [local] } }\nroutes: [ { tcp: 9"
                                + "0".repeat(40)
                                + ", service: db } ]\n"),
                Arguments.of(
                        Target.PORTOLAN_FILE,
                        "a host in both its syntaxes is there twice, which no schema can say",
                        "app: a\nregions: { dublin: { hosts: [local, { address: local }] } }\n"),
                Arguments.of(
                        Target.PORTOLAN_FILE,
                        "a list as a key is refused before any schema sees it",
                        "app: a\nregions: { dublin: { hosts: [local], []: 1 } }\n"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"mended", "asDockerCompose", "neverWrong"})
    void whatWasFoundKeepsTheRules(Target target, String find, String input) {
        assertThatCode(() -> target.take(input.getBytes(StandardCharsets.UTF_8)))
                .as(find)
                .doesNotThrowAnyException();
    }

    private static String web(String line) {
        return "services:\n  web:\n    " + (line.startsWith("build") ? "" : "image: x\n    ") + line + "\n";
    }
}
