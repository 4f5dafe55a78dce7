package dev.portolan.buildkit;

import java.util.List;
import java.util.Map;

/**
 * What BuildKit is asked to build.
 *
 * @param attributes of the Dockerfile frontend
 * @param names that the image gets
 * @param cacheFrom where to look for steps that are done already
 * @param cacheTo where to leave them
 * @param entitlements what a step may be allowed beyond the usual
 */
public record Solve(
        Map<String, String> attributes,
        List<String> names,
        List<Cache> cacheFrom,
        List<Cache> cacheTo,
        List<String> entitlements) {

    /** @param type such as {@code registry} */
    public record Cache(String type, Map<String, String> attributes) {

        public Cache {
            attributes = Map.copyOf(attributes);
        }

        MessageWriter message() {
            return new MessageWriter().text(1, type).map(2, attributes);
        }
    }

    public Solve {
        attributes = Map.copyOf(attributes);
        names = List.copyOf(names);
        cacheFrom = List.copyOf(cacheFrom);
        cacheTo = List.copyOf(cacheTo);
        entitlements = List.copyOf(entitlements);
    }

    /** @param reference by which its progress is asked for */
    byte[] message(String reference, String session) {
        MessageWriter cache = new MessageWriter();
        cacheTo.forEach(to -> cache.message(4, to.message()));
        cacheFrom.forEach(from -> cache.message(5, from.message()));
        return new MessageWriter()
                .text(1, reference)
                .text(3, "moby")
                .map(4, Map.of("name", String.join(",", names)))
                .text(5, session)
                .text(6, "dockerfile.v0")
                .map(7, attributes)
                .message(8, cache)
                .texts(9, entitlements)
                .toBytes();
    }
}
