package dev.portolan.rollout;

import dev.portolan.model.ContainerSpec.FileInContainer;

/** Where the contents of Compose configs and secrets come from. */
public interface FileContents {

    /**
     * The content that the release pinned.
     *
     * @throws dev.portolan.model.UserError when it cannot be read, or is no longer what the release pinned
     */
    byte[] contentOf(FileInContainer file);
}
