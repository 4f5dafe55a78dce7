package dev.portolan.rollout;

import dev.portolan.docker.BuildMaterials;
import dev.portolan.files.FileTree;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.DataFolder;
import dev.portolan.model.ReleaseFiles;
import java.util.Optional;

/** Where the contents of a release's files come from. */
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

    /** What builds may ask for. */
    default BuildMaterials forBuilds() {
        return BuildMaterials.NONE;
    }
}
