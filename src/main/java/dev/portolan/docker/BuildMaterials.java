package dev.portolan.docker;

import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.Secret;
import dev.portolan.model.UserError;
import java.nio.file.Path;
import java.util.Optional;

/** What a build may ask this machine for while it goes on, besides its folder and logins to registries. */
public interface BuildMaterials {

    /** For builds that ask for nothing. */
    BuildMaterials NONE = new BuildMaterials() {
        @Override
        public Secret valueOf(FileSource source) {
            throw new UserError("this build may read no secret", "build without one");
        }

        @Override
        public Optional<Path> agent() {
            return Optional.empty();
        }
    };

    /**
     * The value of a build's secret, read now.
     *
     * @throws UserError when it cannot be read
     */
    Secret valueOf(FileSource source);

    /** The socket of the SSH agent of whoever runs the command. */
    Optional<Path> agent();
}
