package dev.portolan.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectsTest {
    private static final List<Post> POSTS = List.of(
            new Post("a", "here", Post.Outcome.SUCCEEDED),
            new Post("b", "here", Post.Outcome.FAILED),
            new Post("c", "here", Post.Outcome.CUT_OFF));

    @Test
    void whatSucceededHappenedOnceAndWhatDidNotMayHaveHappened() {
        assertThat(Effects.of(POSTS, Map.of("a", 1)).exactlyOnce()).isTrue();
        assertThat(Effects.of(POSTS, Map.of("a", 1, "b", 1, "c", 1)).exactlyOnce())
                .isTrue();
    }

    @Test
    void anEffectThatIsRepeatedMissingOrOfNobodyIsFound() {
        assertThat(Effects.of(POSTS, Map.of("c", 2, "d", 1)))
                .isEqualTo(new Effects(List.of("c"), List.of("a"), List.of("d")));
    }
}
