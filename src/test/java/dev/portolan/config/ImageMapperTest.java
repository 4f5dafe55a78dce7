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
    void aPullPolicySaysWhoIsAskedWhatTheImageIs() {
        assertThat(digest("{ image: web }")).contains("here");
        assertThat(digest("{ image: web, pull_policy: missing }")).contains("here");
        assertThat(digest("{ image: web, pull_policy: never }")).contains("here");
        assertThat(digest("{ image: web, pull_policy: always }")).contains("registry");
        assertThat(digest("{ image: web, pull_policy: daily }")).contains("registry");
        assertThat(digest("{ image: web, pull_policy: every_12h }")).contains("registry");
    }

    @Test
    void anImageThatIsNotWhereItsPullPolicyLooksForItIsAProblem() {
        assertThat(app("{ image: missing, pull_policy: always }").problems())
                .containsExactly("compose.yaml:1:20: services/web/image: the image \"missing\" is in no registry that"
                        + " answers, and \"pull_policy: always\" asks for it anew; run \"docker pull missing\" to see why, or"
                        + " add \"build\" to build it");
        assertThat(app("{ image: missing, pull_policy: never }").problems())
                .containsExactly(
                        "compose.yaml:1:20: services/web/image: the image \"missing\" is not on this machine, and"
                                + " \"pull_policy: never\" asks no registry for it; run \"docker pull missing\" to see why, or add"
                                + " \"build\" to build it");
    }

    private Optional<String> digest(String service) {
        ImageDigests digests = new ImageDigests() {
            @Override
            public Optional<String> digestOf(String reference) {
                return presentOf(reference);
            }

            @Override
            public Optional<String> newestOf(String reference) {
                return Optional.of("registry");
            }

            @Override
            public Optional<String> presentOf(String reference) {
                return Optional.of("here");
            }
        };
        ImageSource image = ConfigurationReader.read(
                        app(service).path, ConfigurationReader.Options.of(Map.of(), digests))
                .desired()
                .workload("dublin")
                .service("web")
                .orElseThrow()
                .container()
                .image();
        return image instanceof ImageSource.Pulled(var reference, var digest) ? Optional.of(digest) : Optional.empty();
    }
}
