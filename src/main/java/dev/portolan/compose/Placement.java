package dev.portolan.compose;

import java.util.List;
import java.util.OptionalInt;

/**
 * {@code deploy.placement}.
 *
 * @param constraints such as {@code node.labels.region == dublin}; all must hold
 * @param maxReplicasPerNode if given
 */
public record Placement(List<String> constraints, OptionalInt maxReplicasPerNode) {
    static final Placement ANYWHERE = new Placement(List.of(), OptionalInt.empty());

    public Placement {
        constraints = List.copyOf(constraints);
    }
}
