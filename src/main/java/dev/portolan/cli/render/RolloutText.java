package dev.portolan.cli.render;

import dev.portolan.plan.StepText;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import java.util.ArrayList;
import java.util.List;

/** What happens in a rollout, in plain lines. Pure. */
final class RolloutText {
    private final TextStyle style;

    RolloutText(TextStyle style) {
        this.style = style;
    }

    /** No line for what is only worth a spinner. */
    List<String> of(RolloutEvent event) {
        return switch (event) {
            case RolloutEvent.Began _, RolloutEvent.StepBegan _ -> List.of();
            case RolloutEvent.WaveBegan(int number, int of, List<String> regions) ->
                List.of("wave " + number + " of " + of + ": " + Measures.list(regions));
            case RolloutEvent.StepWent(String where, var step, String line) ->
                List.of("    " + where + ": " + style.faint(line));
            case RolloutEvent.StepEnded(String where, var step, var took) ->
                List.of("  " + style.tick() + " " + where + ": " + StepText.of(step) + " "
                        + style.faint("(" + Measures.duration(took) + ")"));
            case RolloutEvent.StepFailed(String where, var step, String reason) ->
                List.of("  " + style.cross() + " " + where + ": " + StepText.of(step) + ": " + reason);
            case RolloutEvent.WatchBegan(List<String> regions, var monitor) ->
                List.of("  watching " + Measures.list(regions) + " for " + StepText.of(monitor));
            case RolloutEvent.WatchEnded(List<String> regions, long requests, long failures) ->
                List.of("  " + style.tick() + " " + Measures.list(regions) + ": "
                        + Measures.requests(requests, failures));
            case RolloutEvent.Paused(String reason) ->
                List.of(reason + "; everything is kept. Go on with: portolan deploy --resume, or back with: portolan"
                        + " rollback");
            case RolloutEvent.Committed(var release) -> List.of("committed: " + release + " serves in all regions");
            case RolloutEvent.GoingBack(String reason) -> List.of(style.bad("going back") + ": " + reason);
            case RolloutEvent.Ended(RolloutResult result) -> ended(result);
        };
    }

    private List<String> ended(RolloutResult result) {
        String figures =
                Measures.requests(result.requests(), result.failures()) + " in " + Measures.duration(result.took());
        List<String> lines = new ArrayList<>();
        switch (result.state()) {
            case COMMITTED -> {
                lines.add(style.good("done") + ": " + figures);
                result.reason().ifPresent(reason -> lines.add(style.mark() + " " + reason));
            }
            case PAUSED -> lines.add(style.doubtful("paused") + ": " + figures);
            case ROLLED_BACK -> {
                lines.add(style.bad("rolled back") + ": everything serves as before; " + figures);
                result.reason().ifPresent(reason -> lines.add("  because " + reason));
            }
            case STUCK, PLANNED, MOVING, WATCHING, COMMITTING, GOING_BACK -> {
                lines.add(style.bad(result.state() == RolloutState.STUCK ? "stuck" : "not finished")
                        + ": a person has to act; " + figures);
                result.reason().ifPresent(reason -> lines.add("  because " + reason));
                lines.add("  see what serves now with: portolan status, correct it, then: portolan deploy, or portolan"
                        + " rollback");
            }
        }
        return lines;
    }
}
