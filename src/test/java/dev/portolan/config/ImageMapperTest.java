package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ImageSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageMapperTest {
    @TempDir
    Path path = Path.of("");

    private AppFolder app(String service) {
        return new AppFolder(path)
                .with("portolan.yml", AppFolder.TWO_REGIONS)
                .with("compose.yaml", "services: { web: " + service + " }\n")
                .with("src/Dockerfile", "FROM scratch\nCOPY page /\n")
                .with("src/.dockerignore", "*.log\n")
                .with("src/page", "one\n");
    }

    private ImageSource image(AppFolder app) {
        return app.service("dublin", "web").container().image();
    }

    @Test
    void anImageToBuildIsNamedByWhatItIsBuiltFrom() {
        AppFolder app = app("{ build: { context: src, args: { VERSION: 7 }, target: small } }");

        assertThat(image(app))
                .isEqualTo(new ImageSource.Built(
                        "shop-web:5ceb0bb33fd4",
                        path.resolve("src").toString(),
                        "Dockerfile",
                        Map.of("VERSION", "7"),
                        Optional.of("small")));
        String before = image(app).reference();
        assertThat(image(app.with("src/a.log", "noise")).reference()).isEqualTo(before);
        assertThat(image(app.with("src/page", "two\n")).reference()).isNotEqualTo(before);
    }

    @Test
    void whatItIsBuiltWithIsPartOfItsName() {
        String plain = image(app("{ build: src }")).reference();

        assertThat(image(app("{ build: { context: src, args: { A: 1 } } }")).reference())
                .isNotEqualTo(plain);
        assertThat(image(app("{ build: { context: src, target: small } }")).reference())
                .isNotEqualTo(plain);
        assertThat(image(app("{ build: { context: src } }")).reference()).isEqualTo(plain);
    }

    @Test
    void aBuiltImageWithANameKeepsIt() {
        assertThat(image(app("{ build: src, image: 'registry.example:5000/team/web:latest' }"))
                        .reference())
                .startsWith("registry.example:5000/team/web:")
                .doesNotContain("latest");
    }

    @Test
    void theTagIsTakenOffAName() {
        assertThat(ImageMapper.withoutTag("web")).isEqualTo("web");
        assertThat(ImageMapper.withoutTag("web:1")).isEqualTo("web");
        assertThat(ImageMapper.withoutTag("host:5000/web")).isEqualTo("host:5000/web");
        assertThat(ImageMapper.withoutTag("host:5000/web:1@sha256:ab")).isEqualTo("host:5000/web");
    }

    @Test
    void anImageThatIsNowhereIsOneProblem() {
        assertThat(app("{ image: 'missing:1' }").problems())
                .containsExactly(
                        "compose.yaml:1:20: services/web/image: the image \"missing:1\" is neither on this machine nor"
                                + " in a registry that answers; run \"docker pull missing:1\" to see why, or add \"build\" to"
                                + " build it");
    }

    @Test
    void aFolderOrDockerfileThatIsNotThereIsAProblem() {
        assertThat(app("{ build: nowhere }").problems())
                .containsExactly(
                        "compose.yaml:1:27: services/web/build: there is no folder FOLDER/nowhere; correct the path of"
                                + " \"context\"");
        assertThat(app("{ build: { context: src, dockerfile: Other } }").problems())
                .containsExactly("compose.yaml:1:27: services/web/build: there is no file FOLDER/src/Other;"
                        + " write one, or name it with \"dockerfile\"");
        assertThat(app("{ build: { context: src, dockerfile: ../Dockerfile } }").problems())
                .containsExactly(
                        "compose.yaml:1:27: services/web/build: a Dockerfile outside of the folder that is built"
                                + " is not supported by this version yet; move it into FOLDER/src");
    }

    @Test
    void aPullThatIsAlwaysAskedForIsNotSupportedYet() {
        assertThat(app("{ image: web, pull_policy: always }").problems())
                .containsExactly(
                        "compose.yaml:1:32: services/web/pull_policy: \"always\" is not supported by this version yet;"
                                + " remove it, and run \"docker pull web\" before a deploy");
    }
}
