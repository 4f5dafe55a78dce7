package dev.portolan.rollout;

import dev.portolan.docker.BuildMaterials;
import dev.portolan.files.FileTree;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.DataFolder;
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.Secret;
import java.util.Optional;

/** Where the contents of a release's files, and its secrets, come from. */
public interface FileContents {

    /**
     * The content of a Compose config or secret that the release pinned.
     *
     * @throws dev.portolan.model.UserError when it cannot be read, or is no longer what the release pinned
     */
    byte[] contentOf(FileInContainer file);

    /**
     * A file or folder of the project that travels with the release.
     *
     * @throws dev.portolan.model.UserError when it cannot be read, or is no longer what the release pinned
     */
    FileTree.Fingerprinted treeOf(ReleaseFiles files);

    /**
     * What a folder of data holds at first, as the project has it now.
     *
     * @throws dev.portolan.model.UserError when it cannot be read
     */
    Optional<FileTree.Fingerprinted> seedOf(DataFolder folder);

    /**
     * The value of a secret that the release pinned.
     *
     * @throws dev.portolan.model.UserError when its store does not have that value any more, or cannot be asked
     */
    default Secret valueOf(PinnedSecret secret) {
        throw new IllegalStateException("there is no store for " + secret.name());
    }

    /** A text of somebody else without the values of secrets that are known by now. */
    default String withoutSecrets(String text) {
        return text;
    }

    /** What builds may ask for. */
    default BuildMaterials forBuilds() {
        return BuildMaterials.NONE;
    }
}
