package dev.portolan.config;

import dev.portolan.build.RepositoryCommit;
import dev.portolan.config.BuildMapper.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which commit of a git repository is built, asked once for each address. */
final class RepositoryPins {
    private final ImageDigests digests;
    private final Problems problems;
    private final Map<String, RepositoryCommit> commits = new HashMap<>();

    RepositoryPins(ImageDigests digests, Problems problems) {
        this.digests = digests;
        this.problems = problems;
    }

    /** The address with the commit that it means now, so that the same name is always the same content. */
    Optional<String> pinned(String address, Position at) {
        return switch (commits.computeIfAbsent(address, digests::commitOf)) {
            case RepositoryCommit.Pinned(String pinned) -> Optional.of(pinned);
            case RepositoryCommit.Unknown(String why) -> {
                problems.error(
                        at.location(),
                        at.path(),
                        "cannot find out which commit " + address + " means: " + why,
                        "look with \"git ls-remote\", or write the whole name of the commit behind \"#\"");
                yield Optional.empty();
            }
        };
    }
}
