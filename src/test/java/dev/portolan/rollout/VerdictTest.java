package dev.portolan.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.proxy.HostProxy.Figures;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void aReleaseWithoutFailuresIsGood() {
        assertThat(Verdict.of("web", List.of(figures(1000, 0)), List.of())).isEmpty();
    }

    @Test
    void aReleaseThatFailsMoreThanTheOneBeforeIsBadAndSaysHowMuch() {
        assertThat(Verdict.of("web", List.of(figures(200, 40), figures(200, 60)), List.of(figures(10000, 10))))
                .contains(
                        "web fails under real requests: 100 of 400 failed (25.0%); the release before: 10 of 10,000 (0.1%)");
    }

    @Test
    void aReleaseThatFailsNoMoreThanTwiceAsOftenAsTheOneBeforeIsNotToBlame() {
        assertThat(Verdict.of("web", List.of(figures(1000, 100)), List.of(figures(1000, 60))))
                .isEmpty();
    }

    @Test
    void twoFailuresAreNoEvidence() {
        assertThat(Verdict.of("web", List.of(figures(2, 2)), List.of())).isEmpty();
        assertThat(Verdict.of("web", List.of(figures(3, 3)), List.of())).isPresent();
    }

    @Test
    void aFailureInAHundredIsTolerated() {
        assertThat(Verdict.of("web", List.of(figures(1000, 10)), List.of())).isEmpty();
        assertThat(Verdict.of("web", List.of(figures(1000, 11)), List.of())).isPresent();
    }

    private static Figures figures(long requests, long failures) {
        return new Figures(requests, failures, 0, true, 0);
    }
}
