package dev.portolan.config;

import dev.portolan.compose.ComposeConfig;
import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeSecret;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.FileContent;
import dev.portolan.compose.FileMount;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.SourceLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compose's configs and secrets as files in a container, pinned by the digest of their content. */
final class FileContents {
    private static final int DEFAULT_MODE = 0444;

    private final Map<String, String> environment;
    private final Map<String, String> regionEnvironment;
    private final Problems problems;

    /**
     * @param environment of the command line: what secrets may be taken from
     * @param regionEnvironment with the variables of portolan.yml, which hold no secret: what configs may be taken from
     */
    FileContents(Map<String, String> environment, Map<String, String> regionEnvironment, Problems problems) {
        this.environment = environment;
        this.regionEnvironment = regionEnvironment;
        this.problems = problems;
    }

    List<FileInContainer> files(ComposeProject project, ComposeService service) {
        List<FileInContainer> files = new ArrayList<>();
        for (FileMount mount : service.storage().configs()) {
            ComposeConfig config = project.configs().get(mount.source());
            if (config != null) {
                file(mount, config.content(), config.location(), "configs/" + config.key(), false)
                        .ifPresent(files::add);
            }
        }
        for (FileMount mount : service.storage().secrets()) {
            ComposeSecret secret = project.secrets().get(mount.source());
            if (secret != null) {
                file(mount, secret.content(), secret.location(), "secrets/" + secret.key(), true)
                        .ifPresent(files::add);
            }
        }
        return files;
    }

    private Optional<FileInContainer> file(
            FileMount mount, FileContent content, SourceLocation location, String path, boolean secret) {
        return switch (content) {
            case FileContent.File(Path file) ->
                read(file, location, path).map(bytes -> file(mount, new FileSource.LocalFile(file.toString()), bytes));
            case FileContent.Inline(String text) -> Optional.of(file(mount, new FileSource.Inline(text), bytes(text)));
            case FileContent.Environment(String variable) ->
                variable(variable, secret, location, path)
                        .map(value -> file(
                                mount,
                                secret ? new FileSource.Variable(variable) : new FileSource.Inline(value),
                                bytes(value)));
        };
    }

    private Optional<String> variable(String variable, boolean secret, SourceLocation location, String path) {
        Optional<String> value = Optional.ofNullable((secret ? environment : regionEnvironment).get(variable));
        if (value.isEmpty()) {
            problems.error(
                    location,
                    path,
                    "the variable " + variable + " is not set",
                    secret
                            ? "set it in the environment of this command"
                            : "set it in the environment of this command or in \"env\" of portolan.yml");
        }
        return value;
    }

    private Optional<byte[]> read(Path file, SourceLocation location, String path) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            problems.error(
                    location,
                    path,
                    "the file " + file + " cannot be read",
                    "write it, or correct the path or its rights");
            return Optional.empty();
        }
    }

    private static FileInContainer file(FileMount mount, FileSource source, byte[] content) {
        return new FileInContainer(
                mount.target(),
                source,
                Fingerprint.of(content),
                mount.mode().orElse(DEFAULT_MODE),
                mount.user().orElse(0),
                mount.group().orElse(0));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
