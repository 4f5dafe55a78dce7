package dev.portolan.bench;

import dev.portolan.bench.DeployedApp.Event;
import java.time.Duration;
import java.util.List;

/** How long a rollback of three regions takes while the containers of the release before are kept. */
record RollbackPart(DeployedApp app, Report report) {
    private static final int REPETITIONS = 5;
    private static final Duration BUDGET = Duration.ofSeconds(1);

    void run() throws Exception {
        Times switched = new Times();
        Times rollout = new Times();
        Times command = new Times();
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            app.deploy("r" + repetition);
            List<Event> events = app.rollback();
            switched.add(DeployedApp.last(events, Event::isCutOver));
            rollout.add(
                    Duration.ofMillis(events.getLast().content().path("took").asLong()));
            command.add(events.getLast().at());
        }
        report.heading("Rollback of three regions, the old release kept (" + REPETITIONS + " times)");
        report.table(List.of(
                List.of("", "min", "median", "max"),
                row("the rollout itself", rollout),
                row("from the call until all readers are on the old release", switched),
                row("from the call until the command said that it was done", command)));
        report.verdict(
                "all readers on the old release in under 1 s", switched.median().compareTo(BUDGET) < 0);
    }

    private static List<String> row(String name, Times times) {
        return List.of(name, Times.text(times.shortest()), Times.text(times.median()), Times.text(times.longest()));
    }
}
