package dev.portolan.cli;

import dev.portolan.cli.render.Event;
import dev.portolan.cli.render.Event.Chapter;
import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Changes;
import dev.portolan.deploy.Comparison;
import dev.portolan.journal.History;
import dev.portolan.model.Desired;
import dev.portolan.model.ReleaseId;
import java.util.List;
import java.util.Optional;

/** {@code portolan history}. */
final class HistoryCommand implements Command {
    private static final int USUAL = 20;

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.HISTORY,
                        "Shows the rollouts, the newest first: who, when, what changed, how long it took, how many requests"
                                + " were served and failed during it, and why it failed.")
                .optionalArgument(
                        "ID",
                        "One rollout, by its id or the beginning of it, with every step. With --diff a release: the older"
                                + " one, by default the one before the one that serves.")
                .optionalArgument("ID", "With --diff: the newer release, by default the one that serves.")
                .flag("--diff", "What differs between two releases, in detail.")
                .option("--last", "N", "How many; 20 by default.")
                .examples(
                        "portolan history",
                        "portolan history --last 3",
                        "portolan history 1764000000-ab12cd34   # its steps",
                        "portolan history --diff                # since the release before",
                        "portolan history --diff 3f9a2b1c0d     # since that release",
                        "portolan history --diff 3f9a2b 8c1d07",
                        "portolan history --output json");
    }

    @Override
    public Summary run(Session session) {
        App app = session.app(session.project().outline());
        Optional<String> id = session.arguments().argument(0);
        Optional<String> second = session.arguments().argument(1);
        if (session.arguments().flag("--diff")) {
            session.display().show(new Event.DiffSeen(new Comparison(app).compare(id, second, session::notice)));
            return Summary.done();
        }
        second.ifPresent(unclear -> {
            throw session.arguments()
                    .usage("two ids, " + id.orElse("") + " and " + unclear, "compare two releases with --diff");
        });
        History history = id.isPresent() ? app.historyInFull(session::notice) : app.history(session::notice);
        List<History.Rollout> newestFirst = history.rollouts().reversed();
        if (id.isPresent()) {
            session.display()
                    .show(new Event.ChapterSeen(chapter(app, find(session.arguments(), newestFirst, id.get()))));
            return Summary.done();
        }
        int last = session.arguments().number("--last", 1).orElse(USUAL);
        session.display()
                .show(new Event.HistorySeen(newestFirst.stream()
                        .limit(last)
                        .map(rollout -> chapter(app, rollout))
                        .toList()));
        return Summary.done();
    }

    private static History.Rollout find(Arguments arguments, List<History.Rollout> rollouts, String id) {
        return rollouts.stream()
                .filter(rollout -> rollout.started().rollout().startsWith(id))
                .findFirst()
                .orElseThrow(() ->
                        arguments.usage("there is no rollout " + id, "see them all with: portolan history --last 50"));
    }

    private static Chapter chapter(App app, History.Rollout rollout) {
        Optional<ReleaseId> from = rollout.started().from();
        Optional<Desired> before = from.flatMap(id -> app.releases().load(id));
        Optional<Desired> after = app.releases().load(rollout.started().to());
        boolean known = from.isEmpty() || before.isPresent();
        return new Chapter(rollout, known ? after.map(to -> Changes.between(before, to)) : Optional.empty());
    }
}
