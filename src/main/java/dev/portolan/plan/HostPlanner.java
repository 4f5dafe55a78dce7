package dev.portolan.plan;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.NetworkDesign;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.Service;
import dev.portolan.model.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans one host: from what it runs to what the desired release wants there. */
final class HostPlanner {
    private final Request request;
    private final Desired desired;
    private final Host host;
    private final HostId id;
    private final HostState.Reachable state;
    private final Allotment allotment;
    private final Workload workload;
    private final boolean proxyIsAsAsked;
    private final List<ServiceSituation> situations;
    private final List<Step> steps = new ArrayList<>();
    private final Departures departures;
    private final BeforeCommand beforeCommand;

    HostPlanner(Request request, Host host, HostState.Reachable state, Allotment allotment) {
        this.request = request;
        this.desired = request.desired();
        this.host = host;
        this.id = host.id();
        this.state = state;
        this.allotment = allotment;
        this.workload = desired.workload(id);
        this.proxyIsAsAsked = state.proxy().running()
                && state.proxy()
                        .settingsHash()
                        .equals(ProxySettings.of(desired, host).hash());
        Joins joins = new Joins(desired.app(), id.region(), workload, state);
        this.situations = new Situations(desired, id, state, allotment, joins, proxyIsAsAsked).all();
        this.departures = new Departures(request, host, state, joins, steps);
        this.beforeCommand = new BeforeCommand(
                request,
                host,
                situations,
                situation -> holdersOf(situation).findAny().isEmpty());
    }

    HostId id() {
        return id;
    }

    /** Why readers of this host are without an answer for a while, as {@link Gap} says; none when they are not. */
    List<String> gaps() {
        return situations.stream()
                .filter(situation ->
                        situation.stopsFirst() || holdersOf(situation).findAny().isPresent())
                .flatMap(situation -> Gap.readBy(situation.service(), workload, desired.routes()).stream()
                        .map(routed -> Gap.text(id.region(), situation.service(), routed, desired.rollout())))
                .toList();
    }

    /**
     * Other services' containers of earlier releases that run and have what only one can have: a port that moved from one service to
     * another, a volume whose service has another name now. They stop before the service starts.
     */
    private Stream<ContainerState> holdersOf(ServiceSituation situation) {
        if (situation.toStart().isEmpty()) {
            return Stream.empty();
        }
        Claims wanted = Claims.of(situation.service().container());
        return state.containers().stream()
                .filter(container -> container.running()
                        && !container.service().equals(situation.service().name())
                        && situations.stream().noneMatch(other -> other.states().containsKey(container.name())))
                .filter(container -> specOf(container)
                        .map(Claims::of)
                        .filter(held -> held.sharesPort(wanted)
                                || (held.sharesVolume(wanted)
                                        && workload.service(container.service()).isEmpty()))
                        .isPresent());
    }

    /** What a container was made from, if that is known. */
    private Optional<ContainerSpec> specOf(ContainerState container) {
        return departures
                .releasesOf(container)
                .filter(service -> service.hash().equals(container.configHash()))
                .map(Service::container)
                .findFirst();
    }

    /**
     * What is done on the host before any wave, if the release command is run here: the networks and volumes, what the command's service
     * depends on where nothing of it runs yet, and the command. Asked for before {@link #steps}, which leave out what is done here.
     */
    List<Step> commandSteps() {
        steps.clear();
        if (beforeCommand.isRun()) {
            prepareNetworksAndVolumes();
            steps.addAll(beforeCommand.steps());
        }
        return List.copyOf(steps);
    }

    /** The steps, in order; none when the host is as it should be. */
    List<Step> steps() {
        steps.clear();
        if (!beforeCommand.isRun()) {
            prepareNetworksAndVolumes();
        }
        prepareProxy();
        // readers first: what is ready serves at once, before anything that may take long
        situations.stream()
                .filter(situation -> situation.ready() && situation.mustCutOver())
                .forEach(situation -> steps.add(cutOver(situation)));
        departures.retire(Leftovers.Kind.ORPHANED, departures::notInService);
        departures.retire(Leftovers.Kind.EXPIRED, departures::notInService);
        Levels.of(workload.services()).forEach(this::replaceLevel);
        situations.stream()
                .filter(situation -> !situation.ready() && situation.mustCutOver())
                .forEach(situation -> steps.add(cutOver(situation)));
        // after a power cut between a decision and its telling, readers may still be with what is long over
        departures.retire(Leftovers.Kind.ORPHANED, container -> !departures.notInService(container));
        departures.retire(
                Leftovers.Kind.EXPIRED,
                container -> !departures.notInService(container) && !departures.stoppedByNow(container));
        departures.stopServicesNoLongerWanted();
        return List.copyOf(steps);
    }

    /**
     * What makes this release the one that the host serves after a power cut; empty when it is so already.
     *
     * @param planned the host's steps
     */
    Optional<Step.Commit> commit(List<Step> planned) {
        Set<String> removed = planned.stream()
                .filter(Step.Remove.class::isInstance)
                .flatMap(step -> ((Step.Remove) step).containers().stream())
                .collect(Collectors.toSet());
        List<ContainerState> staying = state.containers().stream()
                .filter(container -> !removed.contains(container.name()))
                .toList();
        List<Renaming> names = renamings(staying);
        if (planned.isEmpty() && names.isEmpty() && state.committed().equals(Optional.of(desired.release()))) {
            return Optional.empty();
        }
        Map<String, RestartPolicy> policies = new HashMap<>();
        staying.forEach(container -> policies.put(container.name(), RestartPolicy.NEVER));
        situations.stream()
                .filter(situation -> !situation.service().job())
                .flatMap(situation -> situation.wanted().stream())
                .forEach(replica -> policies.put(
                        replica.container(),
                        replica.service().container().restart().atCommit()));
        List<Step.CutOver> serving = situations.stream()
                .filter(ServiceSituation::routed)
                .map(this::cutOver)
                .toList();
        return Optional.of(new Step.Commit(id, desired.release(), Map.copyOf(policies), serving, names));
    }

    private List<Renaming> renamings(List<ContainerState> staying) {
        List<Replica> wanted = situations.stream()
                .flatMap(situation -> situation.wanted().stream())
                .toList();
        return new Names(desired.app(), id.region()).changes(staying, wanted);
    }

    /** What is done when the release is committed: of the earlier ones only the last is kept, if at all. */
    List<Step> cleanup() {
        steps.clear();
        if (!Leftovers.sameRelease(request)) {
            departures.retire(Leftovers.Kind.KEPT, container -> true);
        }
        if (desired.rollout().keep().isZero()) {
            departures.retire(Leftovers.Kind.COMMITTED, container -> true);
        }
        Map<String, String> newNames =
                renamings(state.containers()).stream().collect(Collectors.toMap(Renaming::from, Renaming::to));
        return steps.stream().map(step -> afterRenaming(step, newNames)).toList();
    }

    /** A cleanup comes after the commit, and so after containers have their new names. */
    private static Step afterRenaming(Step step, Map<String, String> newNames) {
        UnaryOperator<String> rename = name -> newNames.getOrDefault(name, name);
        return switch (step) {
            case Step.Stop(var on, var containers, var grace, var hooks) ->
                new Step.Stop(
                        on,
                        containers.stream().map(rename).toList(),
                        grace,
                        hooks.entrySet().stream()
                                .collect(Collectors.toMap(entry -> rename.apply(entry.getKey()), Map.Entry::getValue)));
            case Step.Remove(var on, var containers) ->
                new Step.Remove(on, containers.stream().map(rename).toList());
            default -> step;
        };
    }

    /** The images and files that the host needs and that no earlier host of the plan gets for it. */
    List<Step> images() {
        Stream<Step> images = situations.stream()
                .filter(situation -> beforeCommand.isOf(situation)
                        || situation.wanted().stream().anyMatch(replica -> !replica.exists()))
                .map(situation -> situation.service().container().image())
                .distinct()
                .filter(image -> !state.images().contains(image) && allotment.claim(state, image))
                .map(image -> new Step.PrepareImage(id, image));
        return Stream.concat(images, ProjectFiles.missing(id, workload, state, allotment).stream())
                .toList();
    }

    List<String> warnings() {
        return ProjectFiles.warnings(workload, state);
    }

    private void prepareNetworksAndVolumes() {
        workload.networks().stream()
                .filter(network -> !network.external() && !state.networks().containsKey(network.name()))
                .forEach(network -> steps.add(creation(network)));
        workload.volumes().stream()
                .filter(volume -> !volume.external() && !state.volumes().contains(volume.name()))
                .forEach(volume -> steps.add(new Step.CreateVolume(id, volume)));
    }

    private Step.CreateNetwork creation(NetworkSpec network) {
        if (!network.planned()) {
            return new Step.CreateNetwork(id, network, "", "");
        }
        Subnet subnet = allotment.subnetOf(state, network);
        String range = network.pool().map(NetworkDesign.Pool::range).orElse("");
        return new Step.CreateNetwork(id, network, subnet.toString(), range.isEmpty() ? subnet.dynamicRange() : range);
    }

    private void prepareProxy() {
        ProxySettings settings = ProxySettings.of(desired, host);
        if (settings.routes().isEmpty()) {
            return;
        }
        if (!proxyIsAsAsked) {
            steps.add(new Step.PrepareProxy(id, settings));
        }
    }

    private void replaceLevel(List<Service> level) {
        List<ServiceSituation> here = situations.stream()
                .filter(situation -> level.contains(situation.service()))
                .toList();
        here.stream().filter(ServiceSituation::stopsFirst).forEach(this::stopOthers);
        here.stream()
                .flatMap(this::holdersOf)
                .distinct()
                .collect(Collectors.groupingBy(ContainerState::service, TreeMap::new, Collectors.toList()))
                .values()
                .forEach(holders -> departures.stop(holders));
        List<String> inTheWay = here.stream()
                .flatMap(situation -> situation.inTheWay().stream())
                .map(ContainerState::name)
                .toList();
        if (!inTheWay.isEmpty()) {
            steps.add(new Step.Remove(id, inTheWay));
        }
        List<Replica> start = all(here, situation -> beforeCommand.starts(situation) ? List.of() : situation.toStart());
        if (!start.isEmpty()) {
            steps.add(new Step.Start(id, start, desired.rollout().healthy()));
        }
        List<Replica> jobs = all(here, ServiceSituation::jobsToRun);
        if (!jobs.isEmpty()) {
            steps.add(new Step.RunJobs(id, jobs, desired.rollout().healthy()));
        }
        List<Replica> await = all(here, this::toAwait);
        if (!await.isEmpty()) {
            steps.add(new Step.AwaitHealthy(id, await, desired.rollout().healthy()));
        }
        here.stream()
                .filter(situation -> !situation.routed() && !situation.stopsFirst())
                .forEach(this::stopOthers);
    }

    /**
     * On the way back to a release that served here before, a container that is still there, has no readers and that nothing else starts
     * after is proven: to wait for its health would only put off the decision, and with it what a power cut brings back.
     */
    private List<Replica> toAwait(ServiceSituation situation) {
        boolean proven = request.mode() == Request.Mode.BACK
                && !situation.routed()
                && workload.services().stream()
                        .flatMap(service -> service.dependencies().stream())
                        .noneMatch(dependency ->
                                dependency.service().equals(situation.service().name()));
        return situation.toAwait().stream()
                .filter(replica -> !(proven && replica.exists()))
                .toList();
    }

    /** Two releases of a service without a route never stay side by side; those with one drain first. */
    private void stopOthers(ServiceSituation situation) {
        departures.stop(situation.runningOthers());
    }

    private Step.CutOver cutOver(ServiceSituation situation) {
        return new Step.CutOver(
                id,
                situation.service().name(),
                situation.ports(),
                situation.wanted(),
                desired.rollout().healthy());
    }

    private static List<Replica> all(
            List<ServiceSituation> situations, Function<ServiceSituation, List<Replica>> which) {
        return situations.stream()
                .flatMap(situation -> which.apply(situation).stream())
                .toList();
    }
}
