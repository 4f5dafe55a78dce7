package dev.portolan.compose;

import dev.portolan.model.MountOptions;
import dev.portolan.model.SourceLocation;
import java.util.Optional;

/**
 * One mount of a service, as the long syntax has it.
 *
 * @param source for {@code BIND} an absolute path; for {@code VOLUME} a key of the top-level {@code volumes}, empty for an
 *     anonymous one; for {@code IMAGE} its name; empty for {@code TMPFS}
 * @param target absolute path in the container
 * @param createHostPath for {@code BIND}: whether a folder is made where the source is missing
 * @param options if any are given
 */
public record ServiceVolume(
        Type type,
        String source,
        String target,
        boolean readOnly,
        boolean createHostPath,
        Optional<MountOptions> options,
        SourceLocation location) {

    public enum Type {
        BIND,
        VOLUME,
        TMPFS,
        IMAGE
    }
}
