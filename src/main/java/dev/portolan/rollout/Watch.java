package dev.portolan.rollout;

import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.TaskRunner;
import dev.portolan.model.HostId;
import dev.portolan.model.UserError;
import dev.portolan.plan.Plan.Wave;
import dev.portolan.plan.Replica;
import dev.portolan.plan.Step;
import dev.portolan.proxy.HostProxy.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Watches a wave under real requests for a while. */
final class Watch {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final Fleet fleet;
    private final TaskRunner runner;
    private final Tally tally;
    private final Consumer<Step.CutOver> again;
    private final Patience patience;

    /** @param again gives the readers of a host to the new containers once more */
    Watch(Fleet fleet, TaskRunner runner, Tally tally, Consumer<Step.CutOver> again) {
        this.fleet = fleet;
        this.runner = runner;
        this.tally = tally;
        this.again = again;
        this.patience = new Patience(runner);
    }

    /** What the new containers of a wave answered while they were watched. */
    record Seen(long requests, long failures) {}

    /**
     * Returns when the wave was watched to the end and found good. A proxy that died and came back serves what is committed: it
     * is given its readers again, once, and the watch begins anew.
     *
     * @throws UserError as soon as it is found bad: too many failed requests, or a new container that is not healthy any more
     */
    Seen watch(Wave wave, Guard guard) {
        List<Step.CutOver> cutOvers = wave.regions().stream()
                .flatMap(region -> region.hosts().stream())
                .flatMap(host -> host.steps().stream())
                .filter(Step.CutOver.class::isInstance)
                .map(Step.CutOver.class::cast)
                .toList();
        var end = runner.now().plus(wave.monitor());
        Map<HostId, Set<String>> sick = new HashMap<>();
        Set<HostId> cameBack = new HashSet<>();
        while (true) {
            guard.check();
            Map<Step.CutOver, Map<String, Figures>> figures = figures(cutOvers, guard);
            List<Step.CutOver> forgotten = forgotten(figures, cameBack);
            if (!forgotten.isEmpty()) {
                forgotten.forEach(again);
                end = runner.now().plus(wave.monitor());
                figures = figures(cutOvers, guard);
            }
            Seen seen = look(figures, sick);
            if (!runner.now().isBefore(end)) {
                return seen;
            }
            runner.sleep(INTERVAL);
        }
    }

    /** Those of which a proxy knows nothing. What a container that died does is seen by its health, not here. */
    private static List<Step.CutOver> forgotten(Map<Step.CutOver, Map<String, Figures>> figures, Set<HostId> cameBack) {
        List<Step.CutOver> forgotten = figures.keySet().stream()
                .filter(cutOver -> !cameBack.contains(cutOver.host()))
                .filter(cutOver -> isForgotten(
                        cutOver, figures.getOrDefault(cutOver, Map.of()).keySet()))
                .map(cutOver -> new Step.CutOver(
                        cutOver.host(), cutOver.service(), cutOver.ports(), cutOver.replicas(), Patience.LIMIT))
                .toList();
        forgotten.forEach(cutOver -> cameBack.add(cutOver.host()));
        return forgotten;
    }

    private static boolean isForgotten(Step.CutOver cutOver, Set<String> known) {
        Set<String> wanted = addresses(cutOver);
        return !wanted.isEmpty() && wanted.stream().noneMatch(known::contains);
    }

    private Map<Step.CutOver, Map<String, Figures>> figures(List<Step.CutOver> cutOvers, Guard guard) {
        Map<Step.CutOver, Map<String, Figures>> figures = new LinkedHashMap<>();
        cutOvers.forEach(cutOver -> figures.put(
                cutOver,
                patience.ask(guard, () -> fleet.on(cutOver.host()).proxy().figures(cutOver.service()))));
        return figures;
    }

    /** Figures are summed over the hosts of the wave for each service: one host alone may see too few requests. */
    private Seen look(Map<Step.CutOver, Map<String, Figures>> figuresOf, Map<HostId, Set<String>> sickBefore) {
        Map<String, List<Figures>> fresh = new HashMap<>();
        Map<String, List<Figures>> old = new HashMap<>();
        figuresOf.forEach((cutOver, figures) -> {
            String service = cutOver.service();
            tally.add(cutOver.host(), service, figures);
            Set<String> wanted = addresses(cutOver);
            Set<String> sick = new HashSet<>();
            figures.forEach((address, figure) -> {
                (wanted.contains(address) ? fresh : old)
                        .computeIfAbsent(service, unknown -> new ArrayList<>())
                        .add(figure);
                if (wanted.contains(address) && !figure.healthy()) {
                    sick.add(address);
                }
            });
            wanted.stream().filter(address -> !figures.containsKey(address)).forEach(sick::add);
            failIfStillSick(cutOver, sick, sickBefore.getOrDefault(cutOver.host(), Set.of()));
            sickBefore.put(cutOver.host(), sick);
        });
        fresh.forEach((service, figures) -> Verdict.of(service, figures, old.getOrDefault(service, List.of()))
                .ifPresent(reason -> {
                    throw new UserError(reason, "see its errors with: portolan logs " + service);
                }));
        List<Figures> all = fresh.values().stream().flatMap(List::stream).toList();
        return new Seen(
                all.stream().mapToLong(Figures::requests).sum(),
                all.stream().mapToLong(Figures::failures).sum());
    }

    /** One failed check may be a hiccup; a server that is down at two looks in a row is not. */
    private static void failIfStillSick(Step.CutOver cutOver, Set<String> sick, Set<String> before) {
        sick.stream().filter(before::contains).findFirst().ifPresent(address -> {
            throw new UserError(
                    cutOver.service() + " on " + cutOver.host() + " (" + address + ") was healthy and is not any more",
                    "see what it says with: portolan logs " + cutOver.service());
        });
    }

    private static Set<String> addresses(Step.CutOver cutOver) {
        Set<String> addresses = new HashSet<>();
        cutOver.replicas().stream()
                .map(Replica::address)
                .forEach(found -> found.ifPresent(
                        address -> cutOver.ports().forEach(port -> addresses.add(address + ":" + port))));
        return addresses;
    }
}
