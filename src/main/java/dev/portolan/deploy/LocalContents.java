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
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.Secret;
import dev.portolan.model.UserError;
import dev.portolan.rollout.FileContents;
import dev.portolan.secrets.Safe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Contents of a release's files from this machine: its files, the command line's environment, the configuration. */
public final class LocalContents implements FileContents {
    private final Map<String, String> environment;
    private final Supplier<Safe> safe;
    private volatile boolean opened;

    /**
     * @param environment of the command line
     * @param safe for the secrets of stores; asked for when there are some
     */
    public LocalContents(Map<String, String> environment, Supplier<Safe> safe) {
        this.environment = Map.copyOf(environment);
        this.safe = safe;
    }

    /** Without secrets of stores. */
    public LocalContents(Map<String, String> environment) {
        this(environment, () -> {
            throw new IllegalStateException("there is no store");
        });
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
        if (file.source() instanceof FileSource.Stored(PinnedSecret secret)) {
            return valueOf(secret).reveal();
        }
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
    public Secret valueOf(PinnedSecret secret) {
        opened = true;
        return safe.get().valueOf(secret);
    }

    @Override
    public String withoutSecrets(String text) {
        return opened ? safe.get().redacted(text) : text;
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
            case FileSource.Stored(PinnedSecret secret) -> valueOf(secret).reveal();
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
            case FileSource.Stored(PinnedSecret secret) -> "the secret " + secret.name();
        };
    }
}
