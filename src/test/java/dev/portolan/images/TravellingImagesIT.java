package dev.portolan.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.Logins;
import dev.portolan.model.ImageSource;
import dev.portolan.model.UserError;
import dev.portolan.testing.Commands;
import dev.portolan.testing.CountedHost;
import dev.portolan.testing.Registry;
import dev.portolan.testing.SpecBuilder;
import dev.portolan.testing.TestEngine;
import dev.portolan.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one real engine to another. */
class TravellingImagesIT {
    private static final String NAME = "portolan-travel-it";
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    private ContainerEngine home;
    private CountedHost counted;
    private ContainerEngine host;
    private TravellingImages images;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        home = TestEngine.shared().open(TestEngine.shared().host(folder.resolve("home")));
        counted = new CountedHost(TestEngine.second().host(folder.resolve("host")));
        host = TestEngine.second().open(counted);
        images = new TravellingImages(home, folder.resolve("transit"));
        TestImages.busybox(home);
        removeAll();
        // as a deploy before has left it
        String base = TestImages.BUSYBOX;
        provide(new ImageSource.Pulled(base, home.imageDigest(base).orElseThrow()));
        counted.sent();
    }

    @AfterEach
    void close() throws IOException {
        images.close();
        removeAll();
        home.close();
        host.close();
        counted.close();
    }

    @Test
    void onlyTheLayersThatTheHostLacksTravelAndTheImageIsTheSameThere() throws IOException {
        ImageSource.Built first = built("1", layers(2 * MEGABYTE, 3 * MEGABYTE));
        provide(first);
        assertThat(counted.sent()).as("two layers, and not busybox").isBetween(5L * MEGABYTE, 5L * MEGABYTE + 60_000);
        assertSame(first);
        assertThat(parts()).isEmpty();

        Files.write(folder.resolve("layer1"), noise(7, MEGABYTE / 2));
        ImageSource.Built second = built("2", List.of("layer0", "layer1"));
        provide(second);
        assertThat(counted.sent()).as("one changed layer").isBetween(MEGABYTE / 2L, MEGABYTE / 2L + 60_000);
        assertSame(second);

        provide(second);
        assertThat(counted.sent()).as("nothing to do").isLessThan(2000);
        assertThat(runs(second)).isEqualTo(0);
    }

    @Test
    void aBrokenConnectionGoesOnWithTheLayerAtWhichItBroke() throws IOException {
        ImageSource.Built image = built("1", layers(20 * MEGABYTE, 20 * MEGABYTE, 1000));
        counted.breakAfter(30L * MEGABYTE);
        provide(image);
        assertThat(lines).anyMatch(line -> line.endsWith("trying again"));
        assertThat(counted.sent())
                .as("the second layer was half there, and the first one whole")
                .isBetween(49L * MEGABYTE, 51L * MEGABYTE);
        assertSame(image);
        assertThat(parts()).isEmpty();
    }

    @Test
    void anImageOfNoRegistryIsFoundByItsIdThere() throws IOException {
        ImageSource.Built image = built("local", layers(1000));
        home.build(image, line -> {});
        String id = home.imageDigest(image.reference()).orElseThrow();
        var pinned = new ImageSource.Pulled(image.reference(), id);
        provide(pinned);
        assertThat(host.imageDigest(image.reference())).contains(id);
        assertThat(host.hasImage(pinned)).isTrue();
    }

    @Test
    void anImageIsBuiltOnceForAllHosts() throws IOException {
        ImageSource.Built image = built("1", layers(1000));
        provide(image);
        int before = lines.size();
        images.to("oslo/web1", host, Optional.empty()).provide(image, BuildMaterials.NONE, lines::add);
        assertThat(lines).hasSize(before);
    }

    @Test
    void anImageForAnotherProcessorIsNotSent() throws IOException {
        ImageSource.Built plain = built("arm", layers(1000));
        ImageSource.Built image = new ImageSource.Built(
                plain.reference(),
                plain.contextDirectory(),
                plain.dockerfile(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("FROM scratch\nCOPY layer0 /\n"),
                Map.of(),
                Map.of(),
                Optional.of("linux/arm64"),
                Optional.empty(),
                List.of(),
                Optional.empty());
        counted.sent();
        assertThatThrownBy(() -> provide(image)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.message())
                    .isEqualTo("the image " + image.reference()
                            + " is for linux/arm64, and host oslo/web1 is linux/amd64");
            assertThat(error.remedy()).isEqualTo("build it for that: platform: linux/amd64");
        });
        assertThat(counted.sent()).isLessThan(2000);
    }

    @Test
    void eachHostFetchesAnImageOfARegistryWithTheLoginOfThisMachine() throws IOException {
        try (Registry registry = Registry.start(folder.resolve("registry"))) {
            var pinned = pushed(registry);
            try (ContainerEngine known = TestEngine.second().open(counted, login(registry))) {
                images.to("oslo/web1", known, Optional.empty()).provide(pinned, BuildMaterials.NONE, lines::add);
            }
            assertThat(host.hasImage(pinned)).isTrue();
            assertThat(counted.sent()).as("nothing travels from here").isLessThan(5000);
        }
    }

    @Test
    void aHostThatCannotFetchAnImageGetsItFromWhereItIsByTheDigestOfTheRelease() throws IOException {
        ImageSource.Pulled pinned;
        try (Registry registry = Registry.start(folder.resolve("registry"))) {
            pinned = pushed(registry);
            try (ContainerEngine known =
                    TestEngine.shared().open(TestEngine.shared().host(folder.resolve("home")), login(registry))) {
                known.pull(pinned, line -> {});
            }
        }
        provide(pinned);
        assertThat(lines).anyMatch(line -> line.endsWith("it is brought from the engine that has it"));
        assertThat(host.hasImage(pinned)).isTrue();
        assertThat(runs(pinned)).isEqualTo(0);
        for (TestEngine engine : List.of(TestEngine.shared(), TestEngine.second())) {
            docker(engine, "image", "rm", "--force", pinned.reference());
        }
        docker(
                TestEngine.second(),
                "image",
                "rm",
                "--force",
                "portolan-image:" + pinned.digest().substring(7));
    }

    /** An image of a private registry, which no engine has by its name there. */
    private ImageSource.Pulled pushed(Registry registry) throws IOException {
        ImageSource.Built image = built("pushed", layers(1000));
        home.build(image, line -> {});
        String name = registry.address() + "/private/" + NAME + ":1";
        registry.push(TestEngine.shared(), image.reference(), name);
        docker(TestEngine.shared(), "image", "rm", "--force", image.reference());
        try (ContainerEngine known =
                TestEngine.shared().open(TestEngine.shared().host(folder.resolve("home")), login(registry))) {
            return new ImageSource.Pulled(name, known.registryDigest(name).orElseThrow());
        }
    }

    private Logins login(Registry registry) throws IOException {
        Path docker = registry.logIn(folder.resolve("docker"), Registry.PASSWORD);
        return TestEngine.loginsOf(Map.of("DOCKER_CONFIG", docker.toString()));
    }

    private void provide(ImageSource image) {
        images.to("oslo/web1", host, Optional.empty()).provide(image, BuildMaterials.NONE, lines::add);
    }

    private void assertSame(ImageSource image) {
        assertThat(host.hasImage(image)).isTrue();
        assertThat(host.imageDigest(image.reference()))
                .isEqualTo(home.imageDigest(image.reference()))
                .isPresent();
    }

    private int runs(ImageSource image) {
        String id = host.create(NAME, SpecBuilder.of(image).build(), Map.of("test", NAME), Optional.empty(), List.of());
        try {
            host.start(id);
            return host.await(id);
        } finally {
            host.remove(id);
        }
    }

    /** Files that do not get smaller, each of which becomes a layer. */
    private List<String> layers(int... sizes) throws IOException {
        List<String> names = new ArrayList<>();
        for (int size : sizes) {
            String name = "layer" + names.size();
            Files.write(folder.resolve(name), noise(names.size(), size));
            names.add(name);
        }
        return names;
    }

    private ImageSource.Built built(String tag, List<String> layers) throws IOException {
        StringBuilder dockerfile = new StringBuilder("FROM " + TestImages.BUSYBOX + "\n");
        layers.forEach(name -> dockerfile.append("COPY ").append(name).append(" /\n"));
        Files.writeString(folder.resolve("Dockerfile"), dockerfile + "CMD [\"true\"]\n");
        Files.writeString(folder.resolve(".dockerignore"), "transit\nhome\nhost\n");
        return new ImageSource.Built(NAME + ":" + tag, folder.toString(), "Dockerfile", Map.of(), Optional.empty());
    }

    private static byte[] noise(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private List<String> parts() throws IOException {
        return docker(TestEngine.second(), "image", "ls", "-qa", "--filter", "label=portolan.part-of");
    }

    private static void removeAll() throws IOException {
        for (TestEngine engine : List.of(TestEngine.shared(), TestEngine.second())) {
            for (String id : docker(engine, "image", "ls", "-q", NAME)) {
                docker(engine, "image", "rm", "--force", id);
            }
        }
        for (String id : docker(TestEngine.second(), "image", "ls", "-qa", "--filter", "label=portolan.part-of")) {
            docker(TestEngine.second(), "image", "rm", "--force", id);
        }
    }

    private static List<String> docker(TestEngine engine, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker", "--host", "unix://" + engine.socket()));
        command.addAll(List.of(words));
        return Commands.run(command.toArray(String[]::new)).lines().toList();
    }
}
