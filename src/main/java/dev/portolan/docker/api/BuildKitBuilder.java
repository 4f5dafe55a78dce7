package dev.portolan.docker.api;

import dev.portolan.build.BuildFolder;
import dev.portolan.build.DockerfileText;
import dev.portolan.buildkit.BuildAccess;
import dev.portolan.buildkit.BuildFailure;
import dev.portolan.buildkit.BuildKit;
import dev.portolan.buildkit.SentFolder;
import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.EngineException;
import dev.portolan.host.ByteStream;
import dev.portolan.http.HttpHeaders;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.ImageSource;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Builds with the engine's BuildKit, over the same two streams that Docker's own client opens. */
final class BuildKitBuilder implements Builds.Builder {
    private static final int REFUSED = 400;

    private final EngineCalls calls;
    private final RegistryAccess registries;
    private final BuildKit buildKit;

    BuildKitBuilder(EngineCalls calls, RegistryAccess registries) {
        this.calls = calls;
        this.registries = registries;
        this.buildKit = new BuildKit(this::open);
    }

    private ByteStream open(String path, Map<String, List<String>> headers) throws IOException {
        HttpHeaders all = HttpHeaders.NONE;
        for (var header : headers.entrySet()) {
            for (String value : header.getValue()) {
                all = all.with(header.getKey(), value);
            }
        }
        return calls.switchTo("h2c", new Query(path), all);
    }

    @Override
    public void build(
            ImageSource.Built image,
            Optional<BuildFolder> folder,
            Optional<DockerfileText> dockerfile,
            BuildMaterials materials,
            Consumer<String> progress)
            throws IOException {
        // one that cannot be read is said now, not by a step in the middle
        image.mannerOrUsual().secrets().values().forEach(materials::valueOf);
        Map<String, SentFolder> folders = new HashMap<>();
        folder.ifPresent(found -> folders.put("context", new SentFolder.OnDisk(found.withDockerfileApart())));
        dockerfile.ifPresent(
                text -> folders.put("dockerfile", new SentFolder.Single(BuildAttributes.DOCKERFILE, text.text())));
        Set<String> asked = ConcurrentHashMap.newKeySet();
        try {
            buildKit.build(
                    BuildAttributes.of(calls).solve(image, dockerfile),
                    Fingerprint.of(image.contextDirectory()).substring(0, 16),
                    new BuildAccess(
                            folders, name -> secret(image, name, materials), agents(image, materials), registry -> {
                                asked.add(registry);
                                return login(registry);
                            }),
                    progress);
        } catch (BuildFailure failure) {
            String text = BuildFailureText.of(failure, image, dockerfile);
            throw registries
                    .refusal("build the image " + image.reference(), text, asked, failure)
                    .orElseThrow(() -> new RefusedException(REFUSED, text));
        }
    }

    private static Optional<byte[]> secret(ImageSource.Built image, String name, BuildMaterials materials) {
        return Optional.ofNullable(image.mannerOrUsual().secrets().get(name))
                .map(source -> materials.valueOf(source).reveal());
    }

    private static Map<String, Path> agents(ImageSource.Built image, BuildMaterials materials) {
        Map<String, Path> agents = new HashMap<>();
        image.mannerOrUsual()
                .agents()
                .forEach((name, socket) -> agents.put(
                        name,
                        listening(
                                image,
                                socket.map(Path::of)
                                        .or(materials::agent)
                                        .orElseThrow(() -> new EngineException(
                                                "Could not build the image " + image.reference()
                                                        + ": no SSH agent runs here",
                                                "Start one: eval $(ssh-agent), ssh-add",
                                                new NoSuchFileException("SSH_AUTH_SOCK"))))));
        return agents;
    }

    /** One that is not there is said now, not by a step in the middle. */
    private static Path listening(ImageSource.Built image, Path socket) {
        try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return socket;
        } catch (IOException deaf) {
            boolean file = Files.isRegularFile(socket);
            throw new EngineException(
                    "Could not build the image " + image.reference() + ": no SSH agent listens at " + socket
                            + (file ? ", which is a file" : ""),
                    file
                            ? "If it is a key, give it to an agent, and write `ssh: [default]`: eval $(ssh-agent), ssh-add "
                                    + socket
                            : "Start one: eval $(ssh-agent), ssh-add",
                    deaf);
        }
    }

    private Optional<BuildAccess.Login> login(String registry) {
        return registries
                .logins()
                .to(registry)
                .map(login -> new BuildAccess.Login(
                        login.user(), new String(login.secret().reveal(), java.nio.charset.StandardCharsets.UTF_8)));
    }
}
