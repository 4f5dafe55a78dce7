package dev.portolan.deploy;

import dev.portolan.docker.BuildMaterials;
import dev.portolan.files.FileTree;
import dev.portolan.files.TreeReader;
import dev.portolan.files.UnfitTree;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.DataFolder;
import dev.portolan.model.DataFolder.Seed;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.Secret;
import dev.portolan.model.UserError;
import dev.portolan.rollout.FileContents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Contents of a release's files from this machine: its files, the command line's environment, the configuration. */
public final class LocalContents implements FileContents {
    private final Map<String, String> environment;

    /** @param environment of the command line */
    public LocalContents(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** What a release pinned is not there any more. */
    public static final class ContentChanged extends UserError {
        private static final long serialVersionUID = 1L;

        ContentChanged(String what) {
            super(
                    what + " is not what the release was made from any more",
                    "bring its content back, or release the new one with: portolan deploy");
        }
    }

    @Override
    public byte[] contentOf(FileInContainer file) {
        byte[] content = read(file.source());
        if (!Fingerprint.of(content).equals(file.digest())) {
            throw new ContentChanged(name(file.source()) + ", for " + file.target() + ",");
        }
        return content;
    }

    @Override
    public FileTree.Fingerprinted treeOf(ReleaseFiles files) {
        FileTree.Fingerprinted tree = tree(files.path(), Set.copyOf(files.without()));
        if (!tree.digest().equals(files.digest())) {
            throw new ContentChanged(files.path());
        }
        return tree;
    }

    @Override
    public Optional<FileTree.Fingerprinted> seedOf(DataFolder folder) {
        return switch (folder.seed()) {
            case Seed.Nothing _ -> Optional.empty();
            case Seed.Files(String _, String path) -> Optional.of(tree(path, Set.of()));
            case Seed.Unfit unfit -> throw new UserError(folder.text() + " " + unfit.reason(), "see: portolan plan");
        };
    }

    private static FileTree.Fingerprinted tree(String path, Set<String> without) {
        try {
            return TreeReader.read(Path.of(path), without).fingerprinted();
        } catch (UnfitTree unfit) {
            throw new UserError(
                    path + " " + unfit.what(), "bring back what the release was made from, or deploy again");
        } catch (IOException unreadable) {
            throw new UserError(
                    path + " cannot be read", "bring it back, or correct its rights", ExitCode.FAILED, unreadable);
        }
    }

    @Override
    public BuildMaterials forBuilds() {
        return new LocalMaterials();
    }

    private final class LocalMaterials implements BuildMaterials {
        @Override
        public Secret valueOf(FileSource source) {
            return new Secret(read(source));
        }

        @Override
        public Optional<Path> agent() {
            return Optional.ofNullable(environment.get("SSH_AUTH_SOCK"))
                    .filter(socket -> !socket.isEmpty())
                    .map(Path::of);
        }
    }

    private byte[] read(FileSource source) {
        return switch (source) {
            case FileSource.LocalFile(String path) -> readFile(path);
            case FileSource.Inline(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case FileSource.Variable(String variable) -> {
                String value = environment.get(variable);
                if (value == null) {
                    throw new UserError(
                            "the variable " + variable + " is not set in the environment of this command",
                            "set it, and run the command again");
                }
                yield value.getBytes(StandardCharsets.UTF_8);
            }
        };
    }

    private static byte[] readFile(String path) {
        try {
            return Files.readAllBytes(Path.of(path));
        } catch (IOException unreadable) {
            throw new UserError(
                    "the file " + path + " cannot be read",
                    "bring it back, or correct its rights",
                    ExitCode.FAILED,
                    unreadable);
        }
    }

    private static String name(FileSource source) {
        return switch (source) {
            case FileSource.LocalFile(String path) -> "the file " + path;
            case FileSource.Inline _ -> "a text of the configuration";
            case FileSource.Variable(String variable) -> "the variable " + variable;
        };
    }
}
