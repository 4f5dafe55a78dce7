package dev.portolan.deploy;

import dev.portolan.fleet.Fleet.HostAccess;
import dev.portolan.journal.History;
import dev.portolan.journal.JournalEntry;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.Labels;
import dev.portolan.model.Observed;
import dev.portolan.plan.Plan;
import dev.portolan.plan.Planner;
import dev.portolan.rollout.Removal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes an app off its hosts, for local regions that are no longer wanted. Volumes stay unless asked for. */
public final class Remove {
    private final App app;

    public Remove(App app) {
        this.app = app;
    }

    /** @param volumes whether the app's data goes too */
    public void remove(Desired desired, boolean volumes, Deploy.Options options) {
        try (HeldLock lock = app.lock("removal").renewedInBackground()) {
            History history = app.history(options.notices());
            Optional<Desired> committed = app.load(history.committed());
            List<Desired> releases = Stream.of(Optional.of(desired), committed)
                    .flatMap(Optional::stream)
                    .toList();
            app.runner()
                    .forEach(
                            hosts(releases),
                            host -> OneOff.removeAll(app.fleet().on(host).engine(), app.name()));
            Observed observed = app.observe(releases);
            Plan plan = Planner.removal(desired, committed, observed);
            String id = "removal-" + app.identity().unique().get().substring(0, 8);
            new Removal(id, app.name(), app.fleet(), app.runner(), app.journal(), lock, options.listener())
                    .run(plan, desired.release());
            app.runner().forEach(hosts(releases), host -> forget(host, volumes));
            // last: a removal that was cut off still knows what to take away when it is done again
            app.journal()
                    .add(new JournalEntry.Removed(
                            id, app.runner().now(), app.identity().who()));
        }
    }

    private void forget(HostId host, boolean volumes) {
        HostAccess access = app.fleet().on(host);
        try {
            access.files().remove("apps/" + app.name() + "/committed");
            if (volumes) {
                access.trees().removeFolders();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        if (volumes) {
            access.engine()
                    .volumes(Map.of(Labels.APP, app.name(), Labels.REGION, host.region()))
                    .forEach(access.engine()::removeVolume);
        }
    }

    private static List<HostId> hosts(List<Desired> releases) {
        return releases.stream()
                .flatMap(release -> release.regions().stream())
                .flatMap(region -> region.hosts().stream())
                .map(Host::id)
                .distinct()
                .toList();
    }
}
