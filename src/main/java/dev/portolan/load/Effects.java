package dev.portolan.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The effects of POSTs in the app, held against what the readers know of them.
 *
 * @param repeated ids with more than one effect: somebody sent them twice
 * @param missing ids that succeeded and have no effect
 * @param unknown ids with an effect that no reader has sent
 */
public record Effects(List<String> repeated, List<String> missing, List<String> unknown) {
    public Effects {
        repeated = List.copyOf(repeated);
        missing = List.copyOf(missing);
        unknown = List.copyOf(unknown);
    }

    /** @param counts how often each id had its effect, as the app counted */
    public static Effects of(List<Post> posts, Map<String, Integer> counts) {
        var missing = new ArrayList<String>();
        Set<String> sent = new HashSet<>();
        for (Post post : posts) {
            sent.add(post.id());
            if (post.outcome() == Post.Outcome.SUCCEEDED && counts.getOrDefault(post.id(), 0) < 1) {
                missing.add(post.id());
            }
        }
        return new Effects(
                counts.keySet().stream()
                        .filter(id -> counts.getOrDefault(id, 0) > 1)
                        .sorted()
                        .toList(),
                missing,
                counts.keySet().stream()
                        .filter(id -> !sent.contains(id))
                        .sorted()
                        .toList());
    }

    /** Whether each POST that succeeded had exactly one effect and no other had more than one. */
    public boolean exactlyOnce() {
        return repeated.isEmpty() && missing.isEmpty() && unknown.isEmpty();
    }
}
