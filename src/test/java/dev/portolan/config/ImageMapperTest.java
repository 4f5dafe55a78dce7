package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.api.RegistryLogins;
import dev.portolan.model.BuildManner;
import dev.portolan.model.BuildSource;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.ImageSource;
import dev.portolan.model.InvalidConfiguration;
import java.nio.file.Path;
import java.util.List;
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
    void aRegistryThatRefusesIsSaidAsTheDocumentShowsIt() {
        new AppFolder(path)
                .with("portolan.yml", AppFolder.TWO_REGIONS)
                .with("compose.yaml", "services:\n  worker:\n    image: registry.example/team/worker:1\n");
        ImageDigests refused = new ImageDigests() {
            @Override
            public Optional<String> digestOf(String reference) {
                return Optional.empty();
            }

            @Override
            public Optional<Obstacle> obstacle(String reference) {
                return Optional.of(new Obstacle(
                        "Head \"https://registry.example/v2/team/worker/manifests/1\": no basic auth credentials",
                        Optional.of(new RegistryLogins(Map.of("HOME", "/home/ada")).remedy("registry.example"))));
            }
        };
        assertThatThrownBy(() -> ConfigurationReader.read(path, ConfigurationReader.Options.of(Map.of(), refused)))
                .isInstanceOf(InvalidConfiguration.class)
                .satisfies(failure -> assertThat(Path.of("docs/builds.md"))
                        .content()
                        .contains("\n" + failure.getMessage() + "\n  " + ((InvalidConfiguration) failure).remedy()));
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
    }

    @Test
    void aDockerfileOutsideOfTheFolderCountsByItsText() {
        AppFolder app = app("{ build: { context: src, dockerfile: ../Other } }").with("Other", "FROM scratch\n");

        var before = (ImageSource.Built) image(app);
        assertThat(before.dockerfile()).isEqualTo(path.resolve("Other").toString());
        assertThat(image(app.with("Other", "FROM scratch\nUSER 1\n")).reference())
                .isNotEqualTo(before.reference());
    }

    @Test
    void whatDecidesTheImageIsInItsNameAndHowItIsBuiltIsNot() {
        String plain = image(app("{ build: { context: src } }")).reference();

        for (String decides : List.of(
                "labels: { a: 1 }",
                "network: host",
                "extra_hosts: ['db=10.0.0.1']",
                "platforms: [linux/arm64]",
                "additional_contexts: { more: ./src }",
                "additional_contexts: { more: 'docker-image://alpine:3' }")) {
            assertThat(image(app("{ build: { context: src, " + decides + " } }"))
                            .reference())
                    .as(decides)
                    .isNotEqualTo(plain);
        }
        for (String manner : List.of(
                "no_cache: true",
                "pull: true",
                "cache_from: [a]",
                "cache_to: ['type=inline']",
                "tags: ['shop/web:edge']",
                "shm_size: 1g",
                "ulimits: { nofile: 9 }",
                "ssh: [default]",
                "privileged: true",
                "platforms: [linux/arm64, linux/amd64]",
                "network: default")) {
            assertThat(image(app("{ build: { context: src, " + manner + " } }")).reference())
                    .as(manner)
                    .isEqualTo(plain);
        }
    }

    @Test
    void theServicesPlatformIsThatOfItsImage() {
        var built = image(app("{ platform: linux/arm64, build: src }"));
        assertThat(built.platform()).contains("linux/arm64");
        assertThat(built.reference()).isNotEqualTo(image(app("{ build: src }")).reference());
        assertThat(image(app("{ platform: linux/arm64, image: 'web:1' }")).platform())
                .contains("linux/arm64");
    }

    @Test
    void howAnImageIsBuiltIsKept() {
        var built = (ImageSource.Built) image(
                app("{ image: 'shop/web:1', build: { context: src, no_cache: true, ssh: [default], secrets: [token] } }")
                        .with("compose.override.yaml", "secrets: { token: { environment: TOKEN } }\n"));

        assertThat(built.mannerOrUsual())
                .isEqualTo(new BuildManner(
                        true,
                        false,
                        List.of(),
                        List.of(),
                        List.of("shop/web:1"),
                        Map.of("token", new FileSource.Variable("TOKEN")),
                        Map.of("default", Optional.empty()),
                        0,
                        Map.of(),
                        List.of()));
    }

    @Test
    void theValueOfASecretIsNowhereInAnImagesName() {
        AppFolder app = app("{ build: { context: src, secrets: [token] } }")
                .with("compose.override.yaml", "secrets: { token: { file: token } }\n");

        String before = image(app.with("token", "one")).reference();
        assertThat(image(app.with("token", "two")).reference()).isEqualTo(before);
    }

    @Test
    void anImageThatAnotherServiceBuildsIsThatOne() {
        AppFolder app = app("{ image: shop, build: src }, worker: { image: 'shop:latest' }");

        assertThat(app.service("dublin", "worker").container().image()).isEqualTo(image(app));
    }

    @Test
    void anImageMayBeBuiltFromThatOfAnotherService() {
        AppFolder app =
                app("{ build: { context: src, additional_contexts: { base: 'service:base' } } }, base: { build: other }")
                        .with("other/Dockerfile", "FROM scratch\n");

        var built = (ImageSource.Built) image(app);
        assertThat(built.sources()).isEqualTo(Map.of("base", new BuildSource.Service((ImageSource.Built)
                app.service("dublin", "base").container().image())));
        assertThat(image(app.with("other/Dockerfile", "FROM scratch\nUSER 1\n")).reference())
                .isNotEqualTo(built.reference());
    }

    @Test
    void aRepositoryIsPinnedToItsCommit() {
        String address = "https://example.com/a.git#0123456789abcdef0123456789abcdef01234567:web";

        var built = (ImageSource.Built) image(app("{ build: '" + address + "' }"));
        assertThat(built.repository()).contains(address);
        assertThat(built.dockerfile()).isEqualTo("Dockerfile");
    }

    @Test
    void contextsThatCannotBeUsedAreProblems() {
        assertThat(app("{ build: { context: src, additional_contexts: { Up: ./src } } }")
                        .problems())
                .containsExactly(
                        "compose.yaml:1:27: services/web/build/additional_contexts/Up: \"Up\" is no name that a"
                                + " Dockerfile can have for a stage; write one of small letters, digits, \"-\", \"_\" and"
                                + " \".\"");
        assertThat(app("{ build: { context: src, additional_contexts: { a: ./nowhere } } }")
                        .problems())
                .containsExactly("compose.yaml:1:27: services/web/build/additional_contexts/a: there is no folder"
                        + " FOLDER/nowhere; correct the path");
        assertThat(app("{ build: { context: src, additional_contexts: { a: 'oci-layout:///x' } } }")
                        .problems())
                .containsExactly(
                        "compose.yaml:1:27: services/web/build/additional_contexts/a: \"oci-layout:///x\" is of a"
                                + " kind that Portolan builds from nowhere; write a folder, \"service:NAME\","
                                + " \"docker-image://NAME\", or the address of a git repository");
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
        return image instanceof ImageSource.Pulled pulled ? Optional.of(pulled.digest()) : Optional.empty();
    }
}
