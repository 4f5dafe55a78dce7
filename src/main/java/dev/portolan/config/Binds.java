package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.ServiceVolume;
import dev.portolan.config.ProjectTrees.Found;
import dev.portolan.files.FileTree;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.DataFolder;
import dev.portolan.model.DataFolder.Seed;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What becomes of the bind mounts of a project. Outside of the project's folder a source is a path of the host. Inside, a folder that
 * some service may write to is data; a file, and a folder that is only read, travels with the release.
 */
final class Binds {
    private static final int PARTS_AT_MOST = 100;
    private static final int PART_DIGITS = 12;
    private static final String INSTEAD =
            "put it into the image, or mount a named volume or a folder outside of the project's instead";

    private final Path folder;
    private final ProjectTrees trees;
    private final Problems problems;
    /** Relative to the project's folder. */
    private final Set<Path> writable;

    private final Map<String, ReleaseFiles> files = new LinkedHashMap<>();
    private final Map<Path, DataFolder> folders = new LinkedHashMap<>();

    /** @param folder of the project, absolute */
    Binds(Path folder, ComposeProject project, ProjectTrees trees, Problems problems) {
        this.folder = folder;
        this.trees = trees;
        this.problems = problems;
        this.writable = project.services().values().stream()
                .flatMap(service -> service.storage().volumes().stream())
                .filter(mount -> mount.type() == ServiceVolume.Type.BIND && mayWriteToFolder(mount))
                .flatMap(mount -> inProject(mount).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where there is nothing, the engine makes a folder. */
    private static boolean mayWriteToFolder(ServiceVolume mount) {
        Path source = Path.of(mount.source());
        return Files.isDirectory(source) ? !mount.readOnly() : Files.notExists(source);
    }

    /** The source relative to the project's folder, when it is in it. */
    private Optional<Path> inProject(ServiceVolume mount) {
        return inProject(Path.of(mount.source()));
    }

    private Optional<Path> inProject(Path source) {
        if (source.startsWith(folder)) {
            return Optional.of(folder.relativize(source));
        }
        try {
            Path real = folder.toRealPath(); // as $PWD may have it
            return source.startsWith(real) ? Optional.of(real.relativize(source)) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Whether the mount is one of a path of the host. */
    boolean isOfHost(ServiceVolume mount) {
        return inProject(mount).isEmpty();
    }

    /** Whether the service may write to data of the project. */
    boolean writesData(ComposeService service) {
        return service.storage().volumes().stream()
                .filter(mount -> mount.type() == ServiceVolume.Type.BIND && !mount.readOnly())
                .anyMatch(mount -> inProject(mount).filter(this::isData).isPresent());
    }

    /** Who mounts the whole project makes data of it, but not of what others only read there. */
    private boolean isData(Path name) {
        return writable.contains(name)
                || writable.stream().anyMatch(outer -> !isProject(outer) && name.startsWith(outer));
    }

    private static boolean isProject(Path name) {
        return name.toString().isEmpty();
    }

    /** The mount as the engine or the host has it; its files or folder are from then on among those of the project. */
    Mount mount(ComposeService service, ServiceVolume volume) {
        Optional<Path> name = inProject(volume);
        if (name.isEmpty()) {
            return new Mount(Mount.Kind.BIND, volume.source(), volume.target(), volume.readOnly(), volume.options());
        }
        if (isData(name.get())) {
            checkThatItIsThere(service, volume, name.get());
            Path outermost = outermost(name.get());
            folders.computeIfAbsent(outermost, found -> dataFolder(found, volume.location()));
            return new Mount(
                    Mount.Kind.DATA, name.get().toString(), volume.target(), volume.readOnly(), volume.options());
        }
        if (!volume.readOnly()) {
            problems.warning(
                    volume.location(),
                    path(service),
                    text(name.get()) + " travels with each release, and is mounted read-only",
                    "add :ro to say so; mount its folder instead if the service writes to it");
        }
        return new Mount(
                Mount.Kind.FILES,
                digest(name.get(), volume.location(), path(service)),
                volume.target(),
                true,
                volume.options());
    }

    private Path outermost(Path name) {
        return writable.stream()
                .filter(outer -> isProject(outer) || name.startsWith(outer))
                .min(Comparator.comparingInt(outer -> isProject(outer) ? 0 : outer.getNameCount()))
                .orElse(name);
    }

    private void checkThatItIsThere(ComposeService service, ServiceVolume volume, Path name) {
        if (!Files.notExists(Path.of(volume.source()))) {
            return;
        }
        if (!volume.createHostPath()) {
            problems.error(
                    volume.location(),
                    path(service),
                    "there is no " + text(name),
                    "make it, correct the path, or set create_host_path: true");
        } else if (volume.readOnly() || String.valueOf(name.getFileName()).lastIndexOf('.') > 0) {
            problems.warning(
                    volume.location(),
                    path(service),
                    "there is no " + text(name) + "; the service gets an empty folder",
                    "make it, or correct the path");
        }
    }

    private DataFolder dataFolder(Path name, SourceLocation location) {
        Path path = folder.resolve(name);
        return new DataFolder(
                name.toString(),
                switch (trees.at(path, Set.of())) {
                    case Found.Nothing() -> new Seed.Nothing();
                    case Found.Unfit(String reason) -> new Seed.Unfit(reason, location);
                    case Found.Tree(FileTree.Fingerprinted read) ->
                        read.tree().empty() ? new Seed.Nothing() : new Seed.Files(read.digest(), path.toString());
                });
    }

    /**
     * A folder in which a config or a secret is: it travels from wherever it is, without what is data in it.
     *
     * @param where keys that lead to it, for messages
     */
    Mount carried(Path path, String target, SourceLocation location, String where) {
        Path name = inProject(path).orElseGet(() -> nameOutside(path));
        return new Mount(Mount.Kind.FILES, digest(name, location, where), target, true);
    }

    /** Relative to the project's folder where the two may be in one checkout: that says the same on every machine. */
    private Path nameOutside(Path path) {
        boolean near =
                path.getNameCount() > 0 && path.startsWith(folder.getRoot().resolve(folder.getName(0)));
        return near ? folder.relativize(path) : path;
    }

    /** @param name relative to the project's folder, or absolute */
    private String digest(Path name, SourceLocation location, String where) {
        List<String> without = name.isAbsolute() ? List.of() : dataBelow(name);
        Path path = folder.resolve(name).normalize();
        return switch (trees.at(path, Set.copyOf(without))) {
            case Found.Tree(FileTree.Fingerprinted read) -> {
                files.putIfAbsent(
                        read.digest(),
                        new ReleaseFiles(read.digest(), name.toString(), path.toString(), without, parts(read)));
                yield read.digest();
            }
            case Found.Unfit(String reason) -> {
                problems.error(location, where, text(name) + " " + reason, INSTEAD);
                yield "";
            }
            case Found.Nothing() -> {
                problems.error(location, where, text(name) + " is gone", "bring it back");
                yield "";
            }
        };
    }

    private List<String> dataBelow(Path name) {
        return writable.stream()
                .filter(inner -> !inner.equals(name) && (isProject(name) || inner.startsWith(name)))
                .map(inner -> name.relativize(inner).toString())
                .toList();
    }

    private static Map<String, String> parts(FileTree.Fingerprinted read) {
        Map<String, String> parts = new LinkedHashMap<>();
        if (read.parts().size() <= PARTS_AT_MOST) {
            read.parts().forEach((name, digest) -> parts.put(name, digest.substring(0, PART_DIGITS)));
        }
        return parts;
    }

    private static String path(ComposeService service) {
        return "services/" + service.name() + "/volumes";
    }

    private static String text(Path name) {
        return ReleaseFiles.text(name.toString());
    }

    /** What the mounts that were asked for carry with each release. */
    List<ReleaseFiles> files() {
        return List.copyOf(files.values());
    }

    /** What the mounts that were asked for keep on each host. */
    List<DataFolder> folders() {
        return List.copyOf(folders.values());
    }
}
