package dev.portolan.rollout;

import dev.portolan.model.ReleaseId;
import dev.portolan.plan.Plan;
import dev.portolan.plan.Step;
import java.time.Duration;
import java.util.List;

/** What a rollout tells whoever watches it, as it happens. */
public sealed interface RolloutEvent {

    record Began(String rollout, Plan plan) implements RolloutEvent {}

    /** @param number 1 or more */
    record WaveBegan(int number, int of, List<String> regions) implements RolloutEvent {}

    /** @param where the host or, for steps of the traffic layer, the region */
    record StepBegan(String where, Step step) implements RolloutEvent {}

    /** @param line for a person, such as the progress of a download */
    record StepWent(String where, Step step, String line) implements RolloutEvent {}

    record StepEnded(String where, Step step, Duration took) implements RolloutEvent {}

    record StepFailed(String where, Step step, String reason) implements RolloutEvent {}

    record WatchBegan(List<String> regions, Duration monitor) implements RolloutEvent {}

    /**
     * @param requests served by the new containers while they were watched
     * @param failures among them
     */
    record WatchEnded(List<String> regions, long requests, long failures) implements RolloutEvent {}

    record Paused(String reason) implements RolloutEvent {}

    record Committed(ReleaseId release) implements RolloutEvent {}

    record GoingBack(String reason) implements RolloutEvent {}

    record Ended(RolloutResult result) implements RolloutEvent {}
}
