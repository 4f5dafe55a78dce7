package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {

    @Test
    void anImageWithoutARegistryIsOfDockerHub() {
        assertThat(ImageName.parse("redis:7").registry()).isEqualTo("docker.io");
        assertThat(ImageName.parse("team/web").registry()).isEqualTo("docker.io");
        assertThat(ImageName.parse("localhost/web").registry()).isEqualTo("localhost");
        assertThat(ImageName.parse("host:5000/team/web:1").registry()).isEqualTo("host:5000");
        assertThat(ImageName.parse("ghcr.io/web@sha256:ab").registry()).isEqualTo("ghcr.io");
    }

    @ParameterizedTest
    @CsvSource({
        "web, web, latest",
        "web:1, web, 1",
        "shop/web:1.2-a, shop/web, 1.2-a",
        "localhost:5000/web, localhost:5000/web, latest",
        "localhost:5000/web:2, localhost:5000/web, 2",
        "web@sha256:ab, web, sha256:ab",
        "localhost:5000/web:2@sha256:ab, localhost:5000/web, sha256:ab",
    })
    void aReferenceHasARepositoryAndAVersion(String reference, String repository, String version) {
        assertThat(ImageName.parse(reference)).isEqualTo(new ImageName(repository, version));
    }

    @Test
    void aDigestIsOfItsOwnRepositoryOnly() {
        ImageName name = ImageName.parse("registry.example/shop/web:1");
        assertThat(name.isOfRepository("registry.example/shop/web@sha256:ab")).isTrue();
        assertThat(name.isOfRepository("shop/web@sha256:ab")).isTrue();
        assertThat(name.isOfRepository("op/web@sha256:ab")).isFalse();
        assertThat(name.isOfRepository("registry.example/shop/webs@sha256:ab")).isFalse();
        assertThat(name.isOfRepository("")).isFalse();
    }
}
