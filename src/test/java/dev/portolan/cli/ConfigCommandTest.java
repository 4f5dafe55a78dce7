package dev.portolan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir
    Path folder;

    private CommandLineRun portolan;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), """
                name: shop
                services:
                  web:
                    image: "nginx:${TAG}"
                    ports: ["8080:80"]
                    depends_on: [db]
                    command: echo $$HOME
                  db: {image: mariadb, volumes: ["data:/data"]}
                  debug: {build: ., profiles: [tools]}
                volumes: {data: , other: }
                """);
        Files.writeString(folder.resolve(".env"), "TAG=1\n");
        portolan = new CommandLineRun(folder);
    }

    @Test
    void theProjectIsPrintedAsYaml() {
        assertThat(portolan.run("config")).isZero();

        assertThat(portolan.output()).isEqualTo("""
                name: shop
                services:
                  db:
                    image: mariadb
                    networks:
                      default: null
                    volumes:
                      - type: volume
                        source: data
                        target: /data
                        volume: {}
                  web:
                    command:
                      - echo
                      - $$HOME
                    depends_on:
                      db:
                        condition: service_started
                        required: true
                    image: nginx:1
                    networks:
                      default: null
                    ports:
                      - mode: ingress
                        target: 80
                        published: "8080"
                        protocol: tcp
                networks:
                  default:
                    name: shop_default
                volumes:
                  data:
                    name: shop_data
                """);
    }

    @Test
    void oneServiceIsPrintedWithThoseThatItDependsOnAsJson() {
        assertThat(portolan.run("config", "--format", "json", "db")).isZero();

        assertThat(portolan.output())
                .startsWith("{\n  \"name\": \"shop\",")
                .contains("\"db\"")
                .doesNotContain("\"web\"");
    }

    @Test
    void namesArePrintedOneALine() {
        portolan.run("config", "--services");
        assertThat(portolan.output()).isEqualTo("db\nweb\n");
        portolan.run("config", "--services", "--profile", "tools");
        assertThat(portolan.output()).isEqualTo("db\ndebug\nweb\n");
        portolan.run("config", "--images", "--profile", "tools");
        assertThat(portolan.output()).isEqualTo("mariadb\nshop-debug\nnginx:1\n");
        portolan.run("config", "--volumes");
        assertThat(portolan.output()).isEqualTo("data\n");
        portolan.run("config", "--profiles");
        assertThat(portolan.output()).isEqualTo("tools\n");
        portolan.run("config", "--environment");
        assertThat(portolan.output()).contains("COMPOSE_PROJECT_NAME=shop\n").contains("TAG=1\n");
    }

    @Test
    void theHashOfAServiceIsThatOfDockerCompose() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), """
                services:
                  web: {image: "nginx:1", command: "a <b> & c", ports: ["8080:80"], cpus: 0.5, mem_limit: 1g}
                """);

        portolan.run("config", "--hash", "*");

        assertThat(portolan.output())
                .isEqualTo("web 59ad272a59314f02aa827ddc790a2e236a74c39a3dd513cbde427405aaf51c6b\n");
        assertThat(portolan.run("config", "--hash", "nobody")).isEqualTo(2);
    }

    @Test
    void theVariablesOfTheFilesAreListedWithWhatStandsForThem() throws IOException {
        Files.writeString(
                folder.resolve("compose.yaml"),
                "services: {web: {image: \"a:${TAG:-${OTHER}}\", hostname: \"${HOST:?}$PLAIN$$NOT\", user: \"${U+x}\"}}\n");

        portolan.run("config", "--variables");

        assertThat(portolan.output().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "NAME REQUIRED DEFAULT VALUE ALTERNATE VALUE",
                        "HOST true",
                        "OTHER false",
                        "PLAIN false",
                        "TAG false ${OTHER}",
                        "U false x");
    }

    @Test
    void variablesCanBeLeftAsTheyAreWritten() {
        portolan.run("config", "--no-interpolate");

        assertThat(portolan.output()).contains("nginx:${TAG}").contains("echo $$HOME");
    }

    @Test
    void aRegionHasItsVariablesItsOverrideAndItsName() throws IOException {
        Files.writeString(folder.resolve("portolan.yml"), """
                app: shop
                primary: dublin
                env: {TAG: "2"}
                regions:
                  dublin: {at: dublin, hosts: [local]}
                  sydney: {at: sydney, hosts: [local], env: {TAG: "3"}, compose: [sydney.yaml]}
                """);
        Files.writeString(folder.resolve("sydney.yaml"), "services: {db: {image: mysql}}\n");

        portolan.run("config", "--region", "dublin", "--images");
        assertThat(portolan.output()).isEqualTo("mariadb\nnginx:2\n");
        portolan.run("config", "--region", "sydney", "--images");
        assertThat(portolan.output()).isEqualTo("mysql\nnginx:3\n");
        portolan.run("config", "--region", "sydney", "db");
        assertThat(portolan.output()).startsWith("name: shop-sydney\n").contains("name: shop-sydney_data");
        portolan.run("config", "--region", "sydney", "--images", "-p", "other", "--profile", "tools");
        assertThat(portolan.output()).isEqualTo("mysql\nother-debug\nnginx:3\n");
        portolan.run("config", "--images");
        assertThat(portolan.output()).isEqualTo("mariadb\nnginx:1\n");
    }

    @Test
    void aRegionThatIsNotThereIsRefusedWithTheNearestOne() throws IOException {
        Files.writeString(
                folder.resolve("portolan.yml"),
                "app: shop\nprimary: dublin\nregions: {dublin: {at: dublin, hosts: [local]}}\n");

        assertThat(portolan.run("config", "--region", "dubln")).isEqualTo(2);

        assertThat(portolan.error())
                .startsWith("portolan.yml: regions: there is no region \"dubln\"; did you mean \"dublin\"?\n");
    }

    @Test
    void aFileIsReadFromTheStandardInput() {
        portolan.setInput("services: {web: {image: from-input, build: ./web}}\n");

        assertThat(portolan.run("config", "-f", "-")).isZero();

        assertThat(portolan.output())
                .startsWith("name: " + folder.getFileName().toString().toLowerCase(Locale.ROOT))
                .contains("image: from-input")
                .contains("context: " + folder.resolve("web"))
                .doesNotContain("mariadb");
    }

    @Test
    void theStandardInputIsLaidOverAFileAndCalledSoInProblems() {
        portolan.setInput("services: {web: {image: from-input}}\n");
        portolan.run("config", "-f", "compose.yaml", "-f", "-", "--images");
        assertThat(portolan.output()).isEqualTo("mariadb\nfrom-input\n");

        portolan.setInput("services: {web: {imag: x}}\n");
        assertThat(portolan.run("config", "-f", "-")).isEqualTo(2);
        assertThat(portolan.error())
                .contains("standard input:1:18: services/web/imag: unknown key \"imag\"; did you mean \"image\"?\n");
    }

    @Test
    void theTextIsWrittenToAFileOrNotAtAll() throws IOException {
        assertThat(portolan.run("config", "-o", "out.yaml")).isZero();
        assertThat(portolan.run("config", "--quiet")).isZero();

        assertThat(portolan.output()).isEmpty();
        assertThat(folder.resolve("out.yaml")).content().startsWith("name: shop\n");
    }

    @Test
    void whatIsPrintedIsReadAgainAsTheSameProject() throws IOException {
        portolan.run("config");
        String text = portolan.output();
        Files.writeString(folder.resolve("compose.yaml"), text);
        portolan.run("config");

        assertThat(portolan.output()).isEqualTo(text);
    }

    @Test
    void everyProblemIsPrinted() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), "services: {web: {imagee: x, ports: [a]}}\n");

        assertThat(portolan.run("config")).isEqualTo(2);
        assertThat(portolan.error())
                .contains("compose.yaml:1:18: services/web/imagee: unknown key")
                .contains("compose.yaml:1:37: services/web/ports/0: \"a\" is no port");
    }
}
