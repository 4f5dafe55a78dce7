package dev.portolan.config;

import dev.portolan.config.BuildMapper.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which commit of a git repository is built, asked once for each address. */
final class RepositoryPins {
    private final ImageDigests digests;
    private final Problems problems;
    private final Map<String, Optional<String>> commits = new HashMap<>();

    RepositoryPins(ImageDigests digests, Problems problems) {
        this.digests = digests;
        this.problems = problems;
    }

    /** The address with the commit that it means now, so that the same name is always the same content. */
    Optional<String> pinned(String address, Position at) {
        Optional<String> pinned = commits.computeIfAbsent(address, digests::commitOf);
        if (pinned.isEmpty()) {
            problems.error(
                    at.location(),
                    at.path(),
                    "cannot find out which commit " + address + " means",
                    "look with \"git ls-remote\", or write the commit itself behind \"#\"");
        }
        return pinned;
    }
}
