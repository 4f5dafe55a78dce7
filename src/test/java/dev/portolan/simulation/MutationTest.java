package dev.portolan.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds bugs that are put into rollouts on purpose, each by the invariant that it breaks. */
class MutationTest {
    private static final int SEEDS = 2000;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyMutationIsCaught(Mutation mutation) {
        Optional<String> caught = LongStream.range(1, SEEDS)
                .parallel()
                .mapToObj(seed -> violation(seed, mutation))
                .flatMap(Optional::stream)
                .filter(message -> message.startsWith(mutation.caughtBy() + ":"))
                .findAny();

        assertThat(caught).as("a violation of " + mutation.caughtBy()).isPresent();
    }

    private static Optional<String> violation(long seed, Mutation mutation) {
        try {
            Simulation.mutated(seed, mutation);
            return Optional.empty();
        } catch (AssertionError failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        }
    }
}
