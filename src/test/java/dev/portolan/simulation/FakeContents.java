package dev.portolan.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portolan.files.FileTree;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.DataFolder;
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.Secret;
import dev.portolan.rollout.FileContents;
import java.util.Optional;

/** What every checkout of a {@link RandomApp} has. */
final class FakeContents implements FileContents {

    @Override
    public byte[] contentOf(FileInContainer file) {
        return RandomRelease.SECRET_VALUE.getBytes(UTF_8);
    }

    @Override
    public Secret valueOf(PinnedSecret secret) {
        return new Secret(RandomRelease.SECRET_VALUE.getBytes(UTF_8));
    }

    @Override
    public FileTree.Fingerprinted treeOf(ReleaseFiles files) {
        return RandomRelease.treeOf(files);
    }

    @Override
    public Optional<FileTree.Fingerprinted> seedOf(DataFolder folder) {
        return Optional.empty();
    }
}
