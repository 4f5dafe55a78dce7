package dev.portolan.rollout;

import static dev.portolan.rollout.RolloutState.COMMITTED;
import static dev.portolan.rollout.RolloutState.COMMITTING;
import static dev.portolan.rollout.RolloutState.GOING_BACK;
import static dev.portolan.rollout.RolloutState.MOVING;
import static dev.portolan.rollout.RolloutState.PAUSED;
import static dev.portolan.rollout.RolloutState.PLANNED;
import static dev.portolan.rollout.RolloutState.ROLLED_BACK;
import static dev.portolan.rollout.RolloutState.STUCK;
import static dev.portolan.rollout.RolloutState.WATCHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RolloutStateTest {
    private static final Map<RolloutState, Set<RolloutState>> LEGAL = Map.of(
            PLANNED, Set.of(MOVING, COMMITTING, PAUSED, GOING_BACK),
            MOVING, Set.of(MOVING, WATCHING, COMMITTING, PAUSED, GOING_BACK),
            WATCHING, Set.of(MOVING, COMMITTING, PAUSED, GOING_BACK),
            PAUSED, Set.of(),
            COMMITTING, Set.of(COMMITTED, STUCK),
            COMMITTED, Set.of(),
            GOING_BACK, Set.of(ROLLED_BACK, STUCK),
            ROLLED_BACK, Set.of(),
            STUCK, Set.of());

    @ParameterizedTest
    @EnumSource(RolloutState.class)
    void everyMoveIsLegalOrRefused(RolloutState from) {
        for (RolloutState to : RolloutState.values()) {
            if (LEGAL.getOrDefault(from, Set.of()).contains(to)) {
                assertThat(from.moveTo(to)).isEqualTo(to);
            } else {
                assertThatThrownBy(() -> from.moveTo(to))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("a rollout that is " + from + " cannot become " + to);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RolloutState.class,
            names = {"PAUSED", "COMMITTED", "ROLLED_BACK", "STUCK"})
    void theseStatesAreTerminal(RolloutState state) {
        assertThat(state.isTerminal()).isTrue();
    }
}
