package dev.portolan.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeProblemsTest {
    @TempDir
    Path parent;

    private ProjectFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new ProjectFolder(parent);
    }

    @Test
    void everyProblemIsReportedAtOnceInTheOrderOfTheFile() {
        folder.file("compose.yaml", """
                version: "3.8"
                services:
                  web:
                    imagee: nginx
                    build: .
                    ports: ["80:80:80:80", "8080:80"]
                    depends_on: [dbb]
                    networks: [front]
                    volumes: ["data:/data"]
                    volumes_from: [dbb]
                    stop_grace_period: 10
                    user: 1000
                  db:
                    environment: {A: 1}
                    mem_limit: lots
                volume:
                  data:
                """);

        assertThat(folder.problems())
                .containsExactly(
                        "compose.yaml:1:1: version: obsolete; remove it: Compose has ignored it since 2020",
                        "compose.yaml:4:5: services/web/imagee: unknown key \"imagee\"; did you mean \"image\"?",
                        "compose.yaml:6:13: services/web/ports/0: \"80:80:80:80\" is no port;"
                                + " write target, published:target or address:published:target",
                        "compose.yaml:7:18: services/web/depends_on/dbb: the service \"dbb\" is not defined;"
                                + " did you mean \"db\"?",
                        "compose.yaml:8:16: services/web/networks/front: the network \"front\" is not defined;"
                                + " add it to the top-level networks",
                        "compose.yaml:9:15: services/web/volumes/0: the volume \"data\" is not defined;"
                                + " add it to the top-level volumes",
                        "compose.yaml:11:24: services/web/stop_grace_period: must be a string, not a number;"
                                + " write it with its unit, such as 10s",
                        "compose.yaml:12:11: services/web/user: must be a string, not a number; put it in quotes",
                        "compose.yaml:13:3: services/db: it has neither an image nor a build; add image: or build:",
                        "compose.yaml:15:16: services/db/mem_limit: \"lots\" is no size;"
                                + " write a number of bytes, or one with a unit, such as 512m or 1.5g",
                        "compose.yaml:16:1: volume: unknown key \"volume\"; did you mean \"volumes\"?");
    }

    /** Lines of a service, without the place, and the one problem they make. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "environment: | environment: must be a mapping or a list, not nothing; write a mapping or a list",
                "environment: {A: [b]} | environment/A: must be a string or a number or true or false or nothing, not a list;"
                        + " write a string or a number or true or false or nothing",
                "environment: {D: 2024-01-31} | environment/D: must be a string or a number or true or false or nothing, not a date;"
                        + " put it in quotes",
                "environment: [\"A =1\"] | environment/0: \"A \" is no name of a variable;"
                        + " write NAME=value without a space before the equals sign",
                "tty: maybe | tty: \"maybe\" is no boolean; write true or false",
                "tty: [] | tty: must be a string or true or false, not a list; write a string or true or false",
                "restart: sometimes | restart: \"sometimes\" is no restart policy;"
                        + " write \"no\", always, on-failure, on-failure:5 or unless-stopped",
                "restart: no:3 | restart: \"no:3\" is no restart policy;"
                        + " write \"no\", always, on-failure, on-failure:5 or unless-stopped",
                "restart: false | restart: must be a string, not a boolean; put it in quotes",
                "command: [echo, 1] | command/1: must be a string, not a number; put it in quotes",
                "command: echo 'a | command: \"echo 'a\" cannot be split into words;"
                        + " close every quote, or write it as a list: [\"sh\", \"-c\", \"...\"]",
                "healthcheck: {test: [curl, x]} | healthcheck/test:"
                        + " a test that is a list must begin with NONE, CMD or CMD-SHELL, not \"curl\"; write [\"CMD\", \"curl\", ...]",
                "healthcheck: {interval: 30} | healthcheck/interval: must be a string, not a number;"
                        + " write it with its unit, such as 30s",
                "healthcheck: {interval: \"30\"} | healthcheck/interval: \"30\" is no duration;"
                        + " write a number with a unit, such as 30s, 1m30s or 500ms",
                "ports: [{published: 80}] | ports/0: the target is missing; add target: 80",
                "ports: [{target: 0}] | ports/0: the target is missing; add target: 80",
                "ports: [{target: 80, host_ip: here}] | ports/0/host_ip: \"here\" is no address;"
                        + " write an IP address of the host",
                "ports: [{target: 80, tartget: 1}] | ports/0/tartget: unknown key \"tartget\"; did you mean \"target\"?",
                "ports: [80.5] | ports/0: \"80.5\" is no port; write target, published:target or address:published:target",
                "expose: [http] | expose/0: \"http\" is no port; write a port, such as 80 or 53/udp",
                "volumes: [\"./a:/data\", \"./b:/data\"] | ``",
                "volumes: [{type: bind, target: /a}] | volumes/0: a bind mount needs a source; add source: ./path",
                "volumes: [{source: a, target: /a}] | volumes/0: type is missing; add type: bind",
                "volumes: [{type: folder, target: /a}] | volumes/0/type:"
                        + " \"folder\" is not one of bind, volume, tmpfs, cluster, npipe, image; write one of them",
                "networks: {default: {ipv4_address: here}} | networks/default/ipv4_address: \"here\" is no address of this kind;"
                        + " write one such as 10.20.0.10",
                "tmpfs: [/a, \"/a:size=1m\"] | tmpfs/1: /a is mounted already by services/web/tmpfs/0; remove one of the two",
                "network_mode: service:db | depends_on/db: the service \"db\" is not defined; add it to services",
                "depends_on: {web: {condition: service_ready, required: false}} | depends_on/web/condition: \"service_ready\" is not one of"
                        + " service_started, service_healthy, service_completed_successfully; write one of them",
                "deploy: {replicas: -1} | deploy/replicas: \"-1\" is below 0; write a number from 0 upwards",
                "deploy: {mode: everywhere} | deploy/mode: \"everywhere\" is no mode; write replicated",
                "deploy: {update_config: {order: first}} | deploy/update_config/order:"
                        + " \"first\" is not one of start-first, stop-first; write one of them",
                "deploy: {update_config: {failure_action: cry}} | deploy/update_config/failure_action:"
                        + " \"cry\" is no failure action; write continue, pause, rollback",
                "cpus: many | cpus: \"many\" is no number; write one, such as 0.5",
                "ulimits: {nofile: {soft: 1}} | ulimits/nofile: hard is missing; add hard: 1024",
                "pull_policy: often | pull_policy: \"often\" is no pull policy;"
                        + " write always, never, missing, build, daily, weekly or every_12h",
                "env_file: [{path: a, format: json}] | env_file/0/format: \"json\" is no format of variables; write raw, or remove it",
                "extra_hosts: [localhost] | extra_hosts/0: \"localhost\" is no name with an address; write name=address",
                "configs: [nginx] | configs/0: the config \"nginx\" is not defined; add it to the top-level configs",
                "secrets: [{source: key}] | secrets/0: the secret \"key\" is not defined; add it to the top-level secrets",
                "extends: base | extends: the service \"base\" is not defined; name a service that is there",
                "hostname: ${HOST:?give a host} | hostname: required variable HOST is missing a value: give a host;"
                        + " set HOST in the environment or in .env",
                "hostname: ${HOST | hostname: invalid interpolation format: ${HOST; write $$ for a dollar that starts no variable",
                "security_opt: [a, b, a] | security_opt/2: the same as item 0; remove one of the two",
                "networks: [default, default] | networks/1: the same as item 0; remove one of the two",
                "depends_on: {web: {required: false}} | depends_on/web: condition is missing; add condition: service_started",
                "devices: [{source: /dev/a}] | devices/0: the target is missing; add target: with a path",
                "env_file: [{required: true}] | env_file/0: path is missing; add path: .env",
                "container_name: \"-\" | container_name: \"-\" is no name of a container;"
                        + " write two or more letters, digits, dots, hyphens and underscores",
                "volumes: [\"C:\\\\a:/b\"] | volumes/0/source: \"C:\\a\" is a path of Windows; write a path of the host",
                "devices: [\"a:b:c:d\"] | devices/0: \"a:b:c:d\" is no device; write source:target:permissions"
            })
    void aServiceIsRefusedWithItsPath(String line, String problem) {
        folder.file("a", "").web(line);

        assertThat(folder.problems().stream()
                        .filter(text -> !text.contains("it counts as empty")
                                && !text.contains("web -> web")
                                && !text.contains("honoured differently"))
                        .map(text -> text.replaceFirst("compose\\.yaml:[0-9]+:[0-9]+: services/web/", "")))
                .isEqualTo(problem.isEmpty() ? List.of() : List.of(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "services: | compose.yaml:1:10: services: must be a mapping, not nothing; write a mapping",
                "- a | compose.yaml:1:1: a Compose file must be a mapping, not a list; begin with services:",
                "services: {web: } | compose.yaml:1:16: services/web: must be a mapping, not nothing; write a mapping",
                "services: {\"a b\": {image: x}} | compose.yaml:1:12: services/a b: \"a b\" is no name;"
                        + " use letters, digits, dots, hyphens and underscores",
                "include: [a.yaml] | compose.yaml:1:11: include/0: a.yaml: there is no such file; create it, or correct the path",
                "volumes: {a: {external: true, driver: x}} | compose.yaml:1:31: volumes/a/driver:"
                        + " an external volume has only a name; remove it, or remove external",
                "configs: {a: {file: x, content: y}} | compose.yaml:1:24: configs/a: file and content exclude each other;"
                        + " keep one of them",
                "secrets: {a: {}} | compose.yaml:1:11: secrets/a: it has no content; add file or environment",
                "`` | compose.yaml: the file is empty; add services:",
                "services: {a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [c]}, c: {image: x, depends_on: [a]}}"
                        + " | compose.yaml:1:103: services/c/depends_on/a: services wait for each other: a -> b -> c -> a;"
                        + " remove one of these dependencies",
                "services: {a: {image: x, depends_on: [b]}, b: {image: x, profiles: [p]}} | compose.yaml:1:39:"
                        + " services/a/depends_on/b: the service \"b\" is left out: none of its profiles is active;"
                        + " activate one of them, or write required: false",
                "services: {a: {image: x, networks: [n]}}\\nnetworks: {n: {ipam: {config: [{gateway: here}]}}} | compose.yaml:2:42:"
                        + " networks/n/ipam/config/0/gateway: \"here\" is no address; write one such as 10.20.0.1",
                "services: {a: {image: x, configs: [s]}}\\nconfigs: {s: {external: true}} | compose.yaml:2:15:"
                        + " configs/s/external: only a Swarm keeps content outside of the file, and Docker Compose refuses it too;"
                        + " give the content itself, with file or environment or content",
                "services: {a: {image: x, configs: [c]}}\\nconfigs: {c: {content: a, template_driver: golang}} | compose.yaml:2:27:"
                        + " configs/c/template_driver: known to Compose, refused by Portolan; only a Swarm knows it, and Docker Compose"
                        + " refuses it too; remove it, and give the content itself",
                "services: {a: {image: x, secrets: [s]}}\\nsecrets: {s: {file: a, driver: vault}} | compose.yaml:2:24:"
                        + " secrets/s/driver: known to Compose, refused by Portolan; only a Swarm knows it, and Docker Compose"
                        + " refuses it too; remove it, and give the content itself",
                "services: {a: {image: x, volumes: [{type: npipe, source: a, target: /b}]}} | compose.yaml:1:37:"
                        + " services/a/volumes/0/type: no engine on Linux mounts the type npipe outside of a Swarm; write type:"
                        + " volume or type: bind",
                "services: {a: {image: x, provider: {type: awesomecloud}}} | compose.yaml:1:26: services/a/provider:"
                        + " known to Compose, refused by Portolan; a program on the machine of the command line would start it"
                        + " beside the engine, where no other host reaches it; start it by itself, and give its address to the"
                        + " services in \"environment\"",
                "services: {a: {image: x, container_name: cc}, b: {image: x, container_name: cc}} | compose.yaml:1:61:"
                        + " services/b/container_name: \"cc\" is the name of a container of a already; give it another name",
                "services: {a: {image: x, container_name: shop, scale: 2, x-y: 1}} | compose.yaml:1:26: services/a/container_name:"
                        + " a name cannot be given to 2 containers; remove container_name, or ask for one replica"
            })
    void aFileIsRefused(String text, String problem) {
        folder.file("compose.yaml", text.replace("\\n", "\n"));

        assertThat(folder.problems().stream().filter(found -> !found.contains("honoured differently")))
                .containsExactly(problem);
    }

    @Test
    void modelsAreRefusedWhereverTheyAre() {
        folder.file("compose.yaml", """
                services:
                  web: {image: nginx, models: [llm]}
                models:
                  llm: {model: ai/llm}
                """);

        String why =
                "known to Compose, refused by Portolan; Docker Desktop's model runner would serve them on one machine, and no"
                        + " other host has it; run the model as a service of the app or elsewhere, and give its address to the services"
                        + " in \"environment\"";
        assertThat(folder.problems())
                .containsExactly("compose.yaml:2:23: services/web/models: " + why, "compose.yaml:3:1: models: " + why);
    }

    @Test
    void aProblemOfAnOverrideFileNamesThatFile() {
        folder.web("ports: [\"80\"]").file("compose.override.yaml", "services:\n  web:\n    ports: {}\n");

        assertThat(folder.problems())
                .containsExactly(
                        "compose.override.yaml:3:12: services/web/ports: a mapping cannot be merged over a list at"
                                + " compose.yaml:4:12; write a list, or put !override before the value");
    }

    @Test
    void aVariableThatIsNotSetIsAWarning() {
        folder.web("hostname: a${NOT_SET}b");

        assertThat(folder.web().networking().hostname()).contains("ab");
        assertThat(folder.problems())
                .containsExactly("compose.yaml:4:15: services/web/hostname: the variable NOT_SET is not set;"
                        + " it counts as empty; set it in the environment or in .env,"
                        + " or write ${NOT_SET:-} for an empty one");
    }

    @Test
    void aFolderWithoutAComposeFileIsAProblem() {
        assertThat(folder.problems())
                .containsExactly(folder.path() + ": there is no Compose file in this folder;"
                        + " create compose.yaml, or go to the folder that has one");
        assertThat(folder.files("other.yaml").problems())
                .containsExactly("other.yaml: there is no such file; create it, or correct the path");
    }

    @Test
    void twoComposeFilesOfDifferentNamesAreAWarning() {
        folder.web("tty: true").file("docker-compose.yml", "services: {}");

        assertThat(folder.problems())
                .containsExactly("compose.yaml: it is read, and docker-compose.yml beside it is not;"
                        + " remove one of the two, or name the files with -f");
    }

    @Test
    void aFolderInPlaceOfAFileIsAProblem() throws IOException {
        Files.createDirectories(folder.path().resolve("compose.yaml"));

        assertThat(folder.problems())
                .containsExactly("compose.yaml: it is a folder, not a file; write the path of a file");
    }

    @Test
    void aPipeInPlaceOfAFileIsAProblemAndNoHang() throws IOException, InterruptedException {
        String pipe = folder.path().resolve("compose.yaml").toString();
        assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(5), folder::problems))
                .containsExactly("compose.yaml: it is a pipe, a socket or a device, not a regular file;"
                        + " write its content into a file");
    }

    @Test
    void whatIsNotUtf8IsAProblem() throws IOException {
        Files.write(folder.path().resolve("compose.yaml"), "a: 1\nb: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(folder.problems())
                .containsExactly("compose.yaml: line 2 is not text in UTF-8; save the file in UTF-8");
    }

    @Test
    void aHugeFileIsAProblemAtOnce() throws IOException {
        try (var file = new java.io.RandomAccessFile(
                folder.path().resolve("compose.yaml").toFile(), "rw")) {
            file.setLength(10_000_000_000L);
        }

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(5), folder::problems))
                .containsExactly("compose.yaml: it is longer than 4194304 bytes; check that it is the file you meant");
    }

    @Test
    void hostileFilesAreRefusedInBoundedTime() {
        StringBuilder bomb = new StringBuilder("x0: &x0 [a, a, a, a, a, a, a, a]\n");
        for (int level = 1; level < 12; level++) {
            bomb.append("x" + level + ": &x" + level + " [" + ("*x" + (level - 1) + ",").repeat(8) + "]\n");
        }
        List<String> texts = List.of(
                bomb.toString(),
                "a: " + "[".repeat(50_000),
                "services: {web: {image: \"" + "${A:-".repeat(20_000) + "\"}}",
                "services: {web: {image: x, environment: {" + "A: b, ".repeat(20_000) + "}}}",
                "services: {web: {image: x, command: \"" + "a ".repeat(1_000_000) + "\", cpus: " + "9".repeat(100_000)
                        + "}}",
                "services: {web: {image: x, ports: [\"1-65535:1-65535\"], mem_limit: " + "9".repeat(5000) + "g}}");

        for (String text : texts) {
            assertThat(assertTimeoutPreemptively(Duration.ofSeconds(10), folder.file("compose.yaml", text)::problems))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=1\nB = 'x\n", "A=1\nB!C=2\n", "A=1\nB C=2\n", "A=1\nB=${C:?c is needed}\n"})
    void aMistakeInDotEnvIsAProblemAtItsLine(String text) {
        folder.file(".env", text).web("tty: true");

        assertThat(folder.problems()).hasSize(1).first().asString().startsWith(".env:2:1: ");
    }
}
