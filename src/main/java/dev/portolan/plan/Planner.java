package dev.portolan.plan;

import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
import dev.portolan.model.Pools;
import dev.portolan.model.Region;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState.PoolState;
import dev.portolan.model.UserError;
import dev.portolan.plan.Plan.HostPlan;
import dev.portolan.plan.Plan.RegionPlan;
import dev.portolan.plan.Plan.Wave;
import dev.portolan.plan.Step.WhenAlone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what is asked for with what is there. Pure: the same request and observation give the same plan, and a plan made
 * from what an earlier one left behind has nothing to do.
 */
public final class Planner {
    private final Request request;
    private final Desired desired;
    private final Observed observed;
    private final Map<HostId, HostPlanner> planners;
    private final List<String> warnings = new ArrayList<>();

    private Planner(Request request, Observed observed) {
        this.request = request;
        this.desired = request.desired();
        this.observed = observed;
        Allotment allotment = new Allotment(observed);
        this.planners = desired.regions().stream()
                .flatMap(region -> region.hosts().stream())
                .map(host -> new HostPlanner(request, host, reachable(host.id()), allotment))
                .collect(Collectors.toMap(HostPlanner::id, Function.identity()));
    }

    /**
     * @throws UserError when a host of the release does not answer, has no room for it, or, on the way forward, lacks an external
     *     network or volume, has a name taken, has an engine that is too old for a key, or cannot run an image
     */
    public static Plan plan(Request request, Observed observed) {
        Planner planner = new Planner(request, observed);
        if (request.mode() == Request.Mode.FORWARD) { // the way back is not barred by what only new containers need
            Externals.require(request.desired(), observed);
            Names.requireFree(request.desired(), observed);
            EngineAges.require(request.desired(), observed);
            Platforms.require(request.desired(), observed);
        }
        return planner.plan();
    }

    /** Takes the app away from every host that answers: containers, routes and networks; volumes stay. */
    public static Plan removal(Desired release, Optional<Desired> committed, Observed observed) {
        List<HostPlan> hosts = release.regions().stream()
                .flatMap(region -> region.hosts().stream())
                .flatMap(host -> observed.hosts().get(host.id()) instanceof HostState.Reachable reachable
                        ? Stream.of(new HostPlan(host.id(), Removal.of(host.id(), release, reachable)))
                        : Stream.empty())
                .filter(host -> !host.steps().isEmpty())
                .toList();
        List<Step> traffic = observed.traffic().running() ? List.of(new Step.RemoveTraffic()) : List.of();
        return new Plan(
                release.app(),
                committed.map(Desired::release),
                Optional.empty(),
                List.of(),
                traffic,
                List.of(),
                List.of(),
                hosts,
                List.of());
    }

    private Plan plan() {
        List<Step> command = commandSteps(); // first: what it starts no wave starts
        Map<HostId, List<Step>> steps = planners.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().steps()));
        List<Wave> waves = waves(steps);
        List<Step.Commit> commits = hosts().map(this::plannerOf)
                .flatMap(planner -> planner.commit(steps.getOrDefault(planner.id(), List.of())).stream())
                .toList();
        if (request.mode() == Request.Mode.FORWARD) {
            hosts().flatMap(host -> plannerOf(host).warnings().stream())
                    .distinct()
                    .forEach(warnings::add);
        }
        return new Plan(
                desired.app(),
                request.committed().map(Desired::release),
                Optional.of(desired.release()),
                images(),
                Stream.concat(command.stream(), preparation().stream()).toList(),
                waves,
                commits,
                cleanup(),
                List.copyOf(warnings));
    }

    private List<HostPlan> images() {
        return hosts().map(host -> new HostPlan(host.id(), plannerOf(host).images()))
                .filter(host -> !host.steps().isEmpty())
                .toList();
    }

    /** Where the journal is kept: the primary's first host. */
    private List<Step> commandSteps() {
        return plannerOf(desired.keeper()).commandSteps();
    }

    private List<Step> preparation() {
        return switch (desired.traffic()) {
            case TrafficSettings.None() -> List.of();
            case TrafficSettings.Edge(int port) -> {
                Pools pools = Pools.of(desired);
                boolean asAsked = observed.traffic().running()
                        && observed.traffic().settingsHash().equals(pools.hash());
                yield asAsked ? List.of() : List.of(new Step.PrepareTraffic(pools));
            }
        };
    }

    private List<Wave> waves(Map<HostId, List<Step>> steps) {
        List<RegionPlan> regions = desired.regions().stream()
                .map(region -> regionPlan(region, steps))
                .filter(region -> !region.isEmpty())
                .toList();
        Groups groups = new Groups(desired.primary(), serving());
        return switch (request.mode()) {
            case BACK ->
                groups.atOnce(regions).stream()
                        .map(group -> new Wave(group, Duration.ZERO))
                        .toList();
            case FORWARD ->
                groups.primaryLast(regions, desired.rollout().maxParallel()).stream()
                        .map(group -> new Wave(group, monitorOf(group)))
                        .toList();
        };
    }

    private Set<String> serving() {
        return observed.traffic().pools().entrySet().stream()
                .filter(pool -> pool.getValue() == PoolState.UP)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private RegionPlan regionPlan(Region region, Map<HostId, List<Step>> steps) {
        List<HostPlan> hosts = region.hosts().stream()
                .map(host -> new HostPlan(host.id(), steps.getOrDefault(host.id(), List.of())))
                .filter(host -> !host.steps().isEmpty())
                .toList();
        List<String> gaps = region.hosts().stream()
                .flatMap(host -> plannerOf(host).gaps().stream())
                .distinct()
                .toList();
        boolean interrupts = !gaps.isEmpty();
        boolean byHand = request.drainedByHand().contains(region.name());
        boolean goElsewhere = !byHand && interrupts && readersCanGoElsewhere(region);
        // a person's drain may have been forgotten by an edge that was made anew, or cut off
        boolean drained = goElsewhere || (byHand && poolOf(region) == PoolState.UP);
        // a rollout that did not get to its end may have left a region drained
        boolean undrained = goElsewhere || (!byHand && poolOf(region) == PoolState.DRAINED);
        boolean anotherServes = goElsewhere && anotherServes(region);
        if (interrupts && !byHand && !anotherServes) {
            warnings.addAll(gaps);
        }
        return new RegionPlan(
                region.name(),
                drained
                        ? List.of(new Step.DrainRegion(
                                region.name(), desired.rollout().drain(), whenAlone(byHand, anotherServes)))
                        : List.of(),
                hosts,
                undrained ? List.of(new Step.UndrainRegion(region.name())) : List.of());
    }

    /** Whom the plan has warned need not be protected from what it was warned of. */
    private WhenAlone whenAlone(boolean byHand, boolean anotherServes) {
        if (byHand) {
            return WhenAlone.LEAVE;
        }
        return switch (request.mode()) {
            case FORWARD -> anotherServes ? WhenAlone.FAIL : WhenAlone.STAY;
            case BACK -> WhenAlone.STAY;
        };
    }

    /** As far as the traffic layer knows now. */
    private boolean anotherServes(Region left) {
        return desired.regions().stream()
                .filter(region ->
                        !region.equals(left) && !request.drainedByHand().contains(region.name()))
                .anyMatch(region -> poolOf(region) == PoolState.UP);
    }

    private PoolState poolOf(Region region) {
        return observed.traffic().pools().getOrDefault(region.name(), PoolState.DOWN);
    }

    private boolean readersCanGoElsewhere(Region left) {
        return desired.regions().stream()
                        .anyMatch(region ->
                                !region.equals(left) && !request.drainedByHand().contains(region.name()))
                && switch (desired.traffic()) {
                    case TrafficSettings.Edge(int port) -> true;
                    case TrafficSettings.None() -> false;
                };
    }

    /** There is something to watch only where readers were given to new containers. */
    private Duration monitorOf(List<RegionPlan> regions) {
        boolean cutsOver = regions.stream()
                .flatMap(region -> region.hosts().stream())
                .flatMap(host -> host.steps().stream())
                .anyMatch(Step.CutOver.class::isInstance);
        return cutsOver && request.committed().isPresent() ? desired.rollout().monitor() : Duration.ZERO;
    }

    private List<HostPlan> cleanup() {
        Stream<HostPlan> old =
                hosts().map(host -> new HostPlan(host.id(), plannerOf(host).cleanup()));
        return Stream.concat(old, removedHosts())
                .filter(host -> !host.steps().isEmpty())
                .toList();
    }

    /** Hosts of other releases that the desired one does not have. */
    private Stream<HostPlan> removedHosts() {
        return Stream.of(request.committed(), request.abandoned())
                .flatMap(Optional::stream)
                .flatMap(release -> release.regions().stream()
                        .flatMap(region -> region.hosts().stream())
                        .filter(host -> !planners.containsKey(host.id()))
                        .flatMap(host -> observed.hosts().get(host.id()) instanceof HostState.Reachable reachable
                                ? Stream.of(new HostPlan(host.id(), Removal.of(host.id(), release, reachable)))
                                : unreachableRemoval(host.id())))
                .distinct();
    }

    private Stream<HostPlan> unreachableRemoval(HostId host) {
        warnings.add("host " + host + " left the configuration and does not answer; what runs there stays there");
        return Stream.empty();
    }

    private Stream<Host> hosts() {
        return desired.regions().stream().flatMap(region -> region.hosts().stream());
    }

    private HostPlanner plannerOf(Host host) {
        return Objects.requireNonNull(planners.get(host.id()));
    }

    private HostState.Reachable reachable(HostId host) {
        return switch (Optional.ofNullable(observed.hosts().get(host))
                .orElse(new HostState.Unreachable("it was not asked"))) {
            case HostState.Reachable reachable -> reachable;
            case HostState.Unreachable(String reason) ->
                throw new UserError(
                        "host " + host + " does not answer: " + reason,
                        "nothing was changed; check the host with: portolan doctor",
                        ExitCode.FAILED);
        };
    }
}
