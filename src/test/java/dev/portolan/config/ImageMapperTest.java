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
                        "shop-web:?",
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
        assertThat(app("{ image: 'missing:1' }").problems()).containsExactly("?");
    }

    @Test
    void aFolderOrDockerfileThatIsNotThereIsAProblem() {
        assertThat(app("{ build: nowhere }").problems()).containsExactly("?");
        assertThat(app("{ build: { context: src, dockerfile: Other } }").problems())
                .containsExactly("?");
        assertThat(app("{ build: { context: src, dockerfile: ../Dockerfile } }").problems())
                .containsExactly("?");
    }

    @Test
    void aPullThatIsAlwaysAskedForIsNotSupportedYet() {
        assertThat(app("{ image: web, pull_policy: always }").problems()).containsExactly("?");
    }
}
