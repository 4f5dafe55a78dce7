package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.FileContent;
import dev.portolan.compose.FileMount;
import dev.portolan.files.FileTree;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.SourceLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Compose's configs and secrets as files in a container, or as mounted folders, pinned by the digest of their content. */
final class FileContents {
    private static final int DEFAULT_MODE = 0444;
    private static final Pattern NUMBERS = Pattern.compile("\\d{1,9}:\\d{1,9}");

    private final Map<String, String> environment;
    private final Map<String, String> regionEnvironment;
    private final RegionSecrets secrets;
    private final Problems problems;

    /**
     * @param environment of the command line: what secrets may be taken from
     * @param regionEnvironment with the variables of portolan.yml, which hold no secret: what configs may be taken from
     * @param secrets of stores
     */
    FileContents(
            Map<String, String> environment,
            Map<String, String> regionEnvironment,
            RegionSecrets secrets,
            Problems problems) {
        this.secrets = secrets;
        this.environment = environment;
        this.regionEnvironment = regionEnvironment;
        this.problems = problems;
    }

    List<FileInContainer> files(ComposeProject project, ComposeService service) {
        return wanted(project, service)
                .flatMap(wanted -> file(service, wanted).stream())
                .toList();
    }

    /** Where a config or a secret is a folder. */
    List<Mount> folders(ComposeProject project, ComposeService service, Binds binds) {
        return wanted(project, service)
                .flatMap(wanted -> wanted.folder().stream().map(folder -> {
                    warnOfOwner(wanted);
                    return binds.carried(folder, wanted.mount().target(), wanted.location(), wanted.path());
                }))
                .toList();
    }

    /**
     * A config or secret that a service has.
     *
     * @param location of its entry at the top level
     * @param path keys that lead there
     */
    private record Wanted(FileMount mount, FileContent content, SourceLocation location, String path, boolean secret) {

        Optional<Path> folder() {
            return content instanceof FileContent.File(Path file) && Files.isDirectory(file)
                    ? Optional.of(file)
                    : Optional.empty();
        }
    }

    private static Stream<Wanted> wanted(ComposeProject project, ComposeService service) {
        Stream<Wanted> configs = service.storage().configs().stream()
                .flatMap(mount -> Optional.ofNullable(project.configs().get(mount.source())).stream()
                        .map(found ->
                                new Wanted(mount, found.content(), found.location(), "configs/" + found.key(), false)));
        Stream<Wanted> secrets = service.storage().secrets().stream()
                .flatMap(mount -> Optional.ofNullable(project.secrets().get(mount.source())).stream()
                        .map(found ->
                                new Wanted(mount, found.content(), found.location(), "secrets/" + found.key(), true)));
        return Stream.concat(configs, secrets);
    }

    private Optional<FileInContainer> file(ComposeService service, Wanted wanted) {
        FileMount mount = wanted.mount();
        return switch (wanted.content()) {
            case FileContent.File(Path file) ->
                wanted.folder().isPresent()
                        ? Optional.empty()
                        : read(file, wanted).map(bytes -> ofFile(wanted, file, bytes));
            case FileContent.Inline(String text) -> ofText(service, mount, new FileSource.Inline(text), text);
            case FileContent.External(String name) ->
                secrets.named(name).map(secret -> ofStore(service, mount, secret));
            case FileContent.Environment(String variable) ->
                variable(variable, wanted)
                        .flatMap(value -> ofText(
                                service,
                                mount,
                                wanted.secret() ? new FileSource.Variable(variable) : new FileSource.Inline(value),
                                value));
        };
    }

    /** Docker Compose mounts the file itself: it has the mode and the owner that it has here. */
    private FileInContainer ofFile(Wanted wanted, Path file, byte[] content) {
        warnOfOwner(wanted);
        return new FileInContainer(
                wanted.mount().target(),
                new FileSource.LocalFile(file.toString()),
                Fingerprint.of(content),
                FileTree.carriedMode(attribute(file, "unix:mode")),
                attribute(file, "unix:uid"),
                attribute(file, "unix:gid"));
    }

    private void warnOfOwner(Wanted wanted) {
        FileMount mount = wanted.mount();
        if (mount.user().isPresent()
                || mount.group().isPresent()
                || mount.mode().isPresent()) {
            problems.warning(
                    mount.location(),
                    wanted.path(),
                    "\"uid\", \"gid\" and \"mode\" have no effect on content that comes from a file, as in Docker Compose",
                    "remove them, and give the file itself the owner and the mode");
        }
    }

    private static int attribute(Path file, String name) {
        try {
            return (int) Files.getAttribute(file, name);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone); // it was read a moment ago
        }
    }

    /** Docker Compose makes no file of an empty text. */
    private static Optional<FileInContainer> ofText(
            ComposeService service, FileMount mount, FileSource source, String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(owned(service, mount, source, Fingerprint.of(text)));
    }

    /** By its identity: a digest of the value would help to guess it. */
    private static FileInContainer ofStore(ComposeService service, FileMount mount, PinnedSecret secret) {
        return owned(service, mount, new FileSource.Stored(secret), Fingerprint.of(CanonicalText.of(secret)));
    }

    private static FileInContainer owned(ComposeService service, FileMount mount, FileSource source, String digest) {
        FileInContainer file = new FileInContainer(
                mount.target(),
                source,
                digest,
                mount.mode().orElse(DEFAULT_MODE),
                mount.user().orElse(0),
                mount.group().orElse(0));
        boolean owned = mount.user().isPresent() || mount.group().isPresent();
        return owned ? ofUser(file, service.process().user()) : file;
    }

    /** What the engine makes of an owner that is given. It looks names up; of numbers an old one would want to do so, too. */
    private static FileInContainer ofUser(FileInContainer file, Optional<String> user) {
        Optional<String[]> numbers =
                user.filter(name -> NUMBERS.matcher(name).matches()).map(name -> name.split(":", -1));
        return new FileInContainer(
                file.target(),
                file.source(),
                file.digest(),
                file.mode(),
                numbers.map(number -> Integer.parseInt(number[0])).orElse(file.user()),
                numbers.map(number -> Integer.parseInt(number[1])).orElse(file.group()),
                numbers.isEmpty());
    }

    private Optional<String> variable(String variable, Wanted wanted) {
        Optional<String> value = Optional.ofNullable((wanted.secret() ? environment : regionEnvironment).get(variable));
        if (value.isEmpty()) {
            problems.error(
                    wanted.location(),
                    wanted.path(),
                    "the variable " + variable + " is not set",
                    wanted.secret()
                            ? "set it in the environment of this command"
                            : "set it in the environment of this command or in \"env\" of portolan.yml");
        }
        return value;
    }

    private Optional<byte[]> read(Path file, Wanted wanted) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new IOException("a pipe would be waited for, and some devices never end");
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            problems.error(
                    wanted.location(),
                    wanted.path(),
                    "the file " + file + " cannot be read",
                    "write it, or correct the path or its rights");
            return Optional.empty();
        }
    }
}
