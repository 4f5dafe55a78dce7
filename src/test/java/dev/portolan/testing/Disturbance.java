package dev.portolan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.rollout.RolloutEvent;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Something that happens once in the middle of a deploy.
 *
 * @param moment at whose first event it happens
 * @param what given that event; the part of the rollout that told of it waits meanwhile
 */
public record Disturbance(Predicate<RolloutEvent> moment, Consumer<RolloutEvent> what) {

    /** Deploys, disturbs, and fails unless one release serves everywhere in the end: this one, or the one before. */
    public RolloutResult deploy(Harbour harbour, String before, String after) throws InterruptedException {
        AtomicBoolean happened = new AtomicBoolean();
        RolloutResult result = harbour.deploy(harbour.release(after), event -> {
                    if (moment.test(event) && happened.compareAndSet(false, true)) {
                        what.accept(event);
                    }
                })
                .orElseThrow();

        System.out.println("the deploy of " + after + " after " + before + " was disturbed: " + result);
        assertThat(happened).as("it was disturbed").isTrue();
        assertThat(result.state()).isIn(RolloutState.COMMITTED, RolloutState.ROLLED_BACK);
        Serving.awaitAnswers(harbour);
        if (result.state() == RolloutState.COMMITTED) {
            Serving.assertServes(harbour, after);
        } else {
            Serving.assertServesAgain(harbour, before);
        }
        return result;
    }
}
