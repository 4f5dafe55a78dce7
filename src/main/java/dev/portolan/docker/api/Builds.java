package dev.portolan.docker.api;

import dev.portolan.build.BuildFolder;
import dev.portolan.build.DockerfileText;
import dev.portolan.build.FetchedRepository;
import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.EngineException;
import dev.portolan.model.BuildManner;
import dev.portolan.model.BuildSource;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.ImageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Builds images, with BuildKit where the engine has it and with the classic builder otherwise. What a Dockerfile uses by a name
 * becomes an image of its own first, and then a stage: so it works with every builder.
 */
final class Builds {
    private static final String EVERYTHING = "FROM scratch\nCOPY . /\n";
    private static final int NAME_LENGTH = 8;

    /** That of Docker 23, whose BuildKit is the first that builds from a folder of a repository. */
    private static final ApiVersion WITH_FOLDERS_OF_REPOSITORIES = new ApiVersion(1, 42);

    private final EngineCalls calls;
    private final Images images;
    private final Builder builder;

    /** One build that needs nothing but what it is given. */
    interface Builder {

        /**
         * @param folder empty where the engine fetches what it builds from
         * @param dockerfile empty where it is in what the engine fetches
         */
        void build(
                ImageSource.Built image,
                Optional<BuildFolder> folder,
                Optional<DockerfileText> dockerfile,
                BuildMaterials materials,
                Consumer<String> progress)
                throws IOException;
    }

    Builds(EngineCalls calls, Images images, RegistryAccess registries) {
        this(calls, images, new NewestBuilder(calls, registries));
    }

    Builds(EngineCalls calls, Images images, Builder builder) {
        this.calls = calls;
        this.images = images;
        this.builder = builder;
    }

    void build(ImageSource.Built image, BuildMaterials materials, Consumer<String> progress) {
        String doing = "build the image " + image.reference();
        calls.doing(doing, () -> {
            try {
                build(image, doing, materials, progress);
            } catch (UncheckedIOException unreadable) {
                throw unreadable(image, doing, unreadable);
            }
            return image;
        });
    }

    private void build(ImageSource.Built image, String doing, BuildMaterials materials, Consumer<String> progress)
            throws IOException {
        Optional<String> address = image.repository()
                .filter(text -> FetchedRepository.folderIn(text).isPresent());
        if (address.isPresent() && calls.newestVersion().compareTo(WITH_FOLDERS_OF_REPOSITORIES) < 0) {
            progress.accept("fetching " + address.get());
            buildHere(image, address.get(), doing, materials, progress);
        } else {
            buildThere(image, doing, materials, progress);
        }
    }

    private void buildHere(
            ImageSource.Built image, String address, String doing, BuildMaterials materials, Consumer<String> progress)
            throws IOException {
        try (FetchedRepository fetched = fetched(address, doing)) {
            buildThere(image.from(folder(fetched, address, doing).toString()), doing, materials, progress);
        }
    }

    private static FetchedRepository fetched(String address, String doing) {
        try {
            return FetchedRepository.fetch(address);
        } catch (IOException failed) {
            throw unfetched(address, doing, failed);
        }
    }

    private static Path folder(FetchedRepository repository, String address, String doing) {
        try {
            return repository.folder();
        } catch (IOException missing) {
            throw unfetched(address, doing, missing);
        }
    }

    private static EngineException unfetched(String address, String doing, IOException cause) {
        return new EngineException(
                "Could not " + doing + ": " + address + " cannot be fetched: " + cause.getMessage(),
                "See whether git can fetch it on this machine, and correct `build.context`.",
                cause);
    }

    private void buildThere(ImageSource.Built image, String doing, BuildMaterials materials, Consumer<String> progress)
            throws IOException {
        Optional<BuildFolder> folder = image.repository().isPresent() ? Optional.empty() : folder(image, doing);
        Optional<DockerfileText> own = dockerfile(image, doing);
        Map<String, String> sources = new TreeMap<>();
        try {
            for (var source : image.sources().entrySet()) {
                sources.put(
                        source.getKey(),
                        prepared(image, source.getKey(), source.getValue(), doing, materials, progress));
            }
            builder.build(image, folder, own.map(text -> text.withStages(sources)), materials, progress);
        } finally {
            for (String source : sources.values()) {
                if (source.startsWith(sourcePrefix(image))) {
                    images.untag(source);
                }
            }
        }
    }

    /** What the engine calls the image of a source. */
    private String prepared(
            ImageSource.Built image,
            String name,
            BuildSource source,
            String doing,
            BuildMaterials materials,
            Consumer<String> progress)
            throws IOException {
        String reference = sourcePrefix(image)
                + Fingerprint.of(name).substring(0, NAME_LENGTH)
                + ":"
                + ImageName.parse(image.reference()).version();
        return switch (source) {
            case BuildSource.Image(String other) -> other;
            case BuildSource.Service(ImageSource.Built other) -> {
                if (!images.has(other)) {
                    build(other, materials, progress);
                }
                yield other.reference();
            }
            case BuildSource.Folder(String path) -> {
                build(copyOf(image, reference, path, Optional.empty()), doing, materials, progress);
                yield reference;
            }
            case BuildSource.Repository(String address) -> {
                build(
                        copyOf(image, reference, image.contextDirectory(), Optional.of(address)),
                        doing,
                        materials,
                        progress);
                yield reference;
            }
        };
    }

    private static String sourcePrefix(ImageSource.Built image) {
        return ImageName.parse(image.reference()).repository() + "-source-";
    }

    /** An image with all that is in a folder or a repository. */
    private static ImageSource.Built copyOf(
            ImageSource.Built image, String reference, String folder, Optional<String> repository) {
        return new ImageSource.Built(
                reference,
                folder,
                "Dockerfile",
                Map.of(),
                Optional.empty(),
                repository,
                Optional.of(EVERYTHING),
                Map.of(),
                Map.of(),
                image.platform(),
                Optional.empty(),
                List.of(),
                Optional.of(BuildManner.USUAL));
    }

    private static Optional<BuildFolder> folder(ImageSource.Built image, String doing) {
        Path folder = Path.of(image.contextDirectory());
        try {
            return Optional.of(
                    image.dockerfileText().isPresent()
                            ? BuildFolder.withoutDockerfile(folder)
                            : BuildFolder.open(folder, image.dockerfile()));
        } catch (IOException e) {
            throw unreadable(image, doing, e);
        }
    }

    private static Optional<DockerfileText> dockerfile(ImageSource.Built image, String doing) {
        if (image.dockerfileText().isPresent()) {
            return image.dockerfileText().map(DockerfileText::of);
        }
        if (image.repository().isPresent()) {
            return Optional.empty();
        }
        Path file = Path.of(image.contextDirectory()).resolve(image.dockerfile());
        if (!Files.isRegularFile(file)) {
            throw new EngineException(
                    "Could not " + doing + ": there is no " + file,
                    "Write a Dockerfile, or name it in `build.dockerfile`.",
                    new java.nio.file.NoSuchFileException(file.toString()));
        }
        try {
            return Optional.of(DockerfileText.of(Files.readString(file)));
        } catch (IOException e) {
            throw unreadable(image, doing, e);
        }
    }

    private static EngineException unreadable(ImageSource.Built image, String doing, Exception cause) {
        return new EngineException(
                "Could not " + doing + ": a file of " + image.contextDirectory() + " cannot be read ("
                        + cause.getMessage() + ")",
                "Make it readable, or name it in .dockerignore.",
                cause);
    }
}
