package dev.portolan.deploy;

import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.model.HostState;
import dev.portolan.model.TrafficState.PoolState;
import dev.portolan.model.UserError;
import dev.portolan.yaml.Suggestion;
import java.util.List;

/** Takes a region out of traffic, and gives it its readers again. */
public final class Drain {
    private final App app;

    public Drain(App app) {
        this.app = app;
    }

    /** Returns when the region has no readers any more, or those it has took longer than {@code rollout.drain}. */
    public void drain(Desired desired, String region) {
        requireRegion(desired, region);
        if (desired.regions().size() == 1) {
            throw new UserError(
                    "region " + region + " is the only one: nobody would serve its readers",
                    "add another region to portolan.yml first",
                    ExitCode.USAGE);
        }
        try (HeldLock lock = app.lock("drain of " + region).renewedInBackground()) {
            lock.check();
            requireAnother(region);
            app.drainedByHand(region, true);
            app.fleet().traffic().drain(region, desired.rollout().drain());
        }
    }

    /** Refused while the region serves nothing: it would get readers that find nobody. */
    public void undrain(Desired desired, String region) {
        requireRegion(desired, region);
        try (HeldLock lock = app.lock("undrain of " + region).renewedInBackground()) {
            lock.check();
            requireServing(desired, region);
            app.drainedByHand(region, false);
            app.fleet().traffic().undrain(region);
        }
    }

    private void requireAnother(String region) {
        boolean another = app.fleet().traffic().observe().pools().entrySet().stream()
                .anyMatch(pool -> !pool.getKey().equals(region) && pool.getValue() == PoolState.UP);
        if (!another) {
            throw new UserError(
                    "no other region serves now: nobody would serve the readers of " + region,
                    "see what serves with: portolan status; undrain another region first");
        }
    }

    private void requireServing(Desired desired, String region) {
        boolean serves = app.observe(List.of(desired)).hosts().entrySet().stream()
                .anyMatch(host -> host.getKey().region().equals(region) && serves(host.getValue()));
        if (!serves) {
            throw new UserError(
                    "region " + region + " serves nothing now: its readers would find nobody there",
                    "see what serves with: portolan status; deploy to it, then undrain it");
        }
    }

    private static boolean serves(HostState host) {
        return host instanceof HostState.Reachable reachable
                && !reachable.proxy().routes().isEmpty()
                && reachable.proxy().routes().values().stream()
                        .noneMatch(route -> route.inService().isEmpty());
    }

    private static void requireRegion(Desired desired, String region) {
        var names = desired.regions().stream().map(known -> known.name()).toList();
        if (!names.contains(region)) {
            throw new UserError(
                    "there is no region " + region,
                    Suggestion.nearest(region, names)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("the regions are " + String.join(", ", names)),
                    ExitCode.USAGE);
        }
    }
}
