package dev.portolan.rollout;

import dev.portolan.files.FileTree;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.DataFolder;
import dev.portolan.model.ReleaseFiles;
import java.util.Optional;

/** For a plan that makes nothing. */
final class NoContents implements FileContents {

    @Override
    public byte[] contentOf(FileInContainer file) {
        throw none();
    }

    @Override
    public FileTree.Fingerprinted treeOf(ReleaseFiles files) {
        throw none();
    }

    @Override
    public Optional<FileTree.Fingerprinted> seedOf(DataFolder folder) {
        throw none();
    }

    private static IllegalStateException none() {
        return new IllegalStateException("a removal makes no container");
    }
}
