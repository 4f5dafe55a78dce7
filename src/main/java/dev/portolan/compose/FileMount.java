package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import java.util.OptionalInt;

/**
 * A config or secret as a service gets it.
 *
 * @param source key of the top-level {@code configs} or {@code secrets}
 * @param target absolute path in the container
 * @param mode file mode bits, if given
 */
public record FileMount(
        String source, String target, OptionalInt user, OptionalInt group, OptionalInt mode, SourceLocation location) {}
