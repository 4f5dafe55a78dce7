package dev.portolan.cli;

import dev.portolan.cli.render.Display;
import dev.portolan.cli.render.Event;
import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Changes;
import dev.portolan.deploy.Deploy;
import dev.portolan.deploy.Outcomes;
import dev.portolan.fleet.CancelledException;
import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.model.ReleaseId;
import dev.portolan.plan.Plan;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the commands that roll something out have in common: they show the plan, ask, can be cancelled by Ctrl-C, and say how it
 * ended. For one command.
 */
final class Rollouts {
    private final Session session;
    private final App app;
    private final Optional<Desired> target;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private Optional<Plan> approved = Optional.empty();
    private boolean declined;
    private volatile boolean asking;

    /** @param target the release to roll out, where it is not one that is stored already */
    Rollouts(Session session, App app, Optional<Desired> target) {
        this.session = session;
        this.app = app;
        this.target = target;
    }

    /** @param unasked whether the person said yes before */
    Deploy.Options options(Optional<String> pauseBefore, boolean unasked) {
        session.interrupts().react(new Cancelling());
        return new Deploy.Options(
                pauseBefore,
                plan -> approve(plan, unasked),
                () -> {
                    if (cancelled.get()) {
                        throw new CancelledException();
                    }
                },
                this::rolled,
                session::notice);
    }

    /** What to say at the end, once the containers of the release before have somebody who stops them. */
    Summary ended(Optional<RolloutResult> result) {
        if (result.map(RolloutResult::state).equals(Optional.of(RolloutState.COMMITTED))) {
            Retirement.schedule(session, app);
        }
        return summary(result);
    }

    /** What to say at the end. */
    Summary summary(Optional<RolloutResult> result) {
        if (result.isEmpty()) {
            if (!declined) {
                session.display().say("nothing to do" + serving());
            }
            return declined ? Summary.of("declined", ExitCode.FAILED) : Summary.of("nothing to do", ExitCode.DONE);
        }
        RolloutResult ended = result.get();
        Summary summary = Summary.of(
                        ended.state().name().toLowerCase(Locale.ROOT).replace('_', ' '), Outcomes.exitCodeOf(ended))
                .counted(ended.requests(), ended.failures())
                .after(ended.took());
        return approved.flatMap(Plan::to).map(summary::ofRelease).orElse(summary);
    }

    private String serving() {
        return app.history(notice -> {})
                .committed()
                .map(release -> ": release " + release + " serves everywhere")
                .orElse("");
    }

    private void rolled(RolloutEvent event) {
        session.display().show(new Event.Rolled(event));
    }

    private boolean approve(Plan plan, boolean unasked) {
        session.display().show(new Event.Planned(plan, changes(plan)));
        approved = Optional.of(plan);
        if (unasked || session.json() || !session.surroundings().canAsk()) {
            return true;
        }
        asking = true;
        boolean agreed = Question.ask(session.surroundings(), "Go on?");
        asking = false;
        declined = !agreed;
        return agreed;
    }

    private Changes changes(Plan plan) {
        Optional<Desired> from = plan.from().flatMap(this::release);
        return plan.to()
                .flatMap(this::release)
                .map(to -> Changes.of(plan, from, to))
                .orElse(Changes.NONE);
    }

    private Optional<Desired> release(ReleaseId id) {
        return target.filter(desired -> desired.release().equals(id))
                .or(() -> app.releases().load(id));
    }

    private final class Cancelling implements Interrupts.Reaction {

        @Override
        public void first() {
            if (asking) {
                leave("nothing was changed");
            }
            cancelled.set(true);
            session.display()
                    .say("stopping: what has begun goes back; press Ctrl-C again to leave it to the next command");
        }

        @Override
        public void again() {
            leave(
                    "left as it is: see it with \"portolan status\", go on with \"portolan deploy --resume\", or back with"
                            + " \"portolan rollback\"");
        }

        /** At once: the lock of a dead process is taken over, and what is half done is put right by the next command. */
        private void leave(String text) {
            Display display = session.display();
            display.close(); // nothing is drawn over what follows
            display.say(text);
            ExitCode exit = asking ? ExitCode.FAILED : ExitCode.UNKNOWN_STATE;
            display.show(new Event.Ended(Summary.of("interrupted", exit)));
            Runtime.getRuntime().halt(exit.status());
        }
    }
}
