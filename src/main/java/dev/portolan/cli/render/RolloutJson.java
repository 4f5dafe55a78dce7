package dev.portolan.cli.render;

import static dev.portolan.cli.render.JsonLines.named;
import static dev.portolan.cli.render.JsonLines.strings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.plan.Step;
import dev.portolan.plan.StepText;
import dev.portolan.rollout.RolloutEvent;
import java.util.List;

/** What happens in a rollout, as JSON. */
final class RolloutJson {
    private RolloutJson() {}

    static ObjectNode of(RolloutEvent event) {
        return switch (event) {
            case RolloutEvent.Began(String rollout, var plan) -> {
                ObjectNode node = named("rollout-began").put("rollout", rollout);
                plan.from().ifPresent(from -> node.put("from", from.value()));
                plan.to().ifPresent(to -> node.put("to", to.value()));
                yield node;
            }
            case RolloutEvent.WaveBegan(int number, int of, var regions) ->
                regions(named("wave-began").put("number", number).put("of", of), regions);
            case RolloutEvent.StepBegan(String where, Step step) -> step("step-began", where, step);
            case RolloutEvent.StepWent(String where, Step step, String line) ->
                step("step-went", where, step).put("line", line);
            case RolloutEvent.StepEnded(String where, Step step, var took) ->
                step("step-ended", where, step).put("took", took.toMillis());
            case RolloutEvent.StepFailed(String where, Step step, String reason) ->
                step("step-failed", where, step).put("reason", reason);
            case RolloutEvent.WatchBegan(var regions, var monitor) ->
                regions(named("watch-began").put("monitor", monitor.toMillis()), regions);
            case RolloutEvent.WatchEnded(var regions, long requests, long failures) ->
                regions(named("watch-ended").put("requests", requests).put("failed", failures), regions);
            case RolloutEvent.Paused(String reason) -> named("paused").put("reason", reason);
            case RolloutEvent.Committed(var release) -> named("committed").put("release", release.value());
            case RolloutEvent.GoingBack(String reason) -> named("going-back").put("reason", reason);
            case RolloutEvent.Ended(var result) -> {
                ObjectNode node = named("rollout-ended")
                        .put("rollout", result.rollout())
                        .put("state", JsonLines.word(result.state()))
                        .put("requests", result.requests())
                        .put("failed", result.failures())
                        .put("took", result.took().toMillis());
                result.reason().ifPresent(reason -> node.put("reason", reason));
                yield node;
            }
        };
    }

    private static ObjectNode step(String event, String where, Step step) {
        return named(event).put("where", where).put("step", StepText.of(step));
    }

    private static ObjectNode regions(ObjectNode node, List<String> regions) {
        strings(node.putArray("regions"), regions);
        return node;
    }
}
