package dev.portolan.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludeAndExtendsTest {
    @TempDir
    Path parent;

    private ProjectFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new ProjectFolder(parent);
    }

    @Test
    void anIncludedFileHasItsOwnFolderAndVariables() {
        folder.file("compose.yaml", "include: [db/compose.yaml]\nservices: {web: {image: \"nginx:${TAG:-1}\"}}\n")
                .file("db/compose.yaml", "services: {db: {image: \"mariadb:${TAG}\", volumes: [\"./data:/data\"]}}\n")
                .file("db/.env", "TAG=10\n");

        assertThat(folder.service("web").image()).contains("nginx:1");
        assertThat(folder.service("db").image()).contains("mariadb:10");
        assertThat(folder.service("db").storage().volumes().getFirst().source())
                .isEqualTo(folder.path().resolve("db/data").toString());
    }

    @Test
    void aResourceOfTheFileAndAnotherOfTheIncludedOneIsAProblemWithBothPlaces() {
        folder.file("compose.yaml", "include: [a.yaml]\nservices: {web: {image: nginx}}\n")
                .file("a.yaml", "services:\n  web: {image: apache}\n");

        assertThat(folder.problems())
                .containsExactly("compose.yaml:1:11: include/0: services/web is defined at compose.yaml:2:17 and,"
                        + " differently, in the included file at a.yaml:2:3; rename one of the two, or change the"
                        + " included one with an override file");
    }

    @Test
    void aFileOnAnotherMachineIsAProblem() {
        folder.file("compose.yaml", "include: [\"oci://example/app\"]\nservices: {web: {image: nginx}}\n");

        assertThat(folder.problems())
                .containsExactly(
                        "compose.yaml:1:11: include/0: \"oci://example/app\" is on another machine; Portolan reads"
                                + " files of this one only; fetch it, and include the copy");
    }

    @Test
    void aServiceExtendsOneThatExtendsAnother() {
        folder.file("compose.yaml", """
                        services:
                          web:
                            extends: {file: base/common.yaml, service: site}
                            environment: {A: "3"}
                        """).file("base/common.yaml", """
                        services:
                          site:
                            extends: root
                            command: [serve]
                            environment: {A: "2", B: "2"}
                          root: {image: nginx, build: ., environment: {A: "1", C: "1"}}
                        """);

        ComposeService web = folder.service("web");

        assertThat(web.image()).contains("nginx");
        assertThat(web.process().command()).contains(List.of("serve"));
        assertThat(web.process().environment())
                .containsEntry("A", "3")
                .containsEntry("B", "2")
                .containsEntry("C", "1");
        assertThat(web.build().orElseThrow().context()).isEqualTo(folder.path().resolve("base"));
    }

    @Test
    void aServiceTakesAwayWhatItDoesNotWantOfTheOneItExtends() {
        folder.file("compose.yaml", """
                services:
                  base: {image: nginx, ports: ["80:80"], environment: {A: "1", B: "2"}}
                  web:
                    extends: base
                    ports: !override ["81:80"]
                    environment:
                      A: !reset null
                """);

        assertThat(folder.service("web").networking().ports().stream().map(ServicePort::published))
                .containsExactly("81");
        assertThat(folder.service("web").process().environment()).containsOnlyKeys("B");
    }

    @Test
    void aMissingServiceOfAnotherFileIsNamedWithTheNearest() {
        folder.file("compose.yaml", "services: {web: {extends: {file: a.yaml, service: weeb}}}\n")
                .file("a.yaml", "services: {web: {image: nginx}}\n");

        assertThat(folder.problems())
                .contains("compose.yaml:1:51: services/web/extends: the service \"weeb\" is not defined in a.yaml;"
                        + " did you mean \"web\"?");
    }
}
