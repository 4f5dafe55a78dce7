package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.build.DockerfileText;
import dev.portolan.buildkit.Solve;
import dev.portolan.buildkit.Solve.Cache;
import dev.portolan.model.BuildManner;
import dev.portolan.model.ContainerSpec.Ulimit;
import dev.portolan.model.ImageSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildAttributesTest {
    private static final DockerfileText DOCKERFILE = DockerfileText.of("FROM scratch\n");

    private final BuildAttributes attributes = new BuildAttributes(() -> "172.17.0.1");

    @Test
    void aPlainBuildSaysLittle() throws IOException {
        var image = new ImageSource.Built("shop-web:1", "/src", "sub/Dockerfile", Map.of(), Optional.empty());

        assertThat(attributes.solve(image, Optional.of(DOCKERFILE)))
                .isEqualTo(new Solve(
                        Map.of("filename", "Dockerfile", "image-resolve-mode", "local"),
                        List.of("shop-web:1"),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @Test
    void everythingThatIsSaidReachesTheBuilder() throws IOException {
        var manner = new BuildManner(
                true,
                true,
                List.of("shop/cache", "type=local,src=/tmp/cache"),
                List.of("type=inline"),
                List.of("shop/web:edge"),
                Map.of(),
                Map.of(),
                64 << 20,
                Map.of("nofile", new Ulimit(1, 2)),
                List.of("security.insecure"));
        var image = new ImageSource.Built(
                "shop-web:1",
                "/src",
                "Dockerfile",
                Map.of("A", "1"),
                Optional.of("small"),
                Optional.of("https://example.com/a.git#0123"),
                Optional.of("FROM scratch\n"),
                Map.of(),
                Map.of("team", "shop"),
                Optional.of("linux/arm64"),
                Optional.of("host"),
                List.of("db:10.0.0.1", "me:host-gateway"),
                Optional.of(manner));

        assertThat(attributes.solve(image, Optional.of(DOCKERFILE)))
                .isEqualTo(new Solve(
                        Map.ofEntries(
                                Map.entry("filename", "Dockerfile"),
                                Map.entry("context", "https://example.com/a.git#0123"),
                                Map.entry("dockerfilekey", "dockerfile"),
                                Map.entry("build-arg:A", "1"),
                                Map.entry("label:team", "shop"),
                                Map.entry("target", "small"),
                                Map.entry("platform", "linux/arm64"),
                                Map.entry("force-network-mode", "host"),
                                Map.entry("add-hosts", "db=10.0.0.1,me=172.17.0.1"),
                                Map.entry("image-resolve-mode", "pull"),
                                Map.entry("no-cache", ""),
                                Map.entry("shm-size", "67108864"),
                                Map.entry("ulimit", "nofile=1:2")),
                        List.of("shop-web:1", "shop/web:edge"),
                        List.of(
                                new Cache("registry", Map.of("ref", "shop/cache")),
                                new Cache("local", Map.of("src", "/tmp/cache"))),
                        List.of(new Cache("inline", Map.of())),
                        List.of("security.insecure", "network.host")));
    }
}
