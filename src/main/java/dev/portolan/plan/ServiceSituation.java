package dev.portolan.plan;

import dev.portolan.model.ContainerState;
import dev.portolan.model.ProxyServer;
import dev.portolan.model.Service;
import dev.portolan.model.UpdateOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One service on one host: what is wanted, and what runs beside it.
 *
 * @param ports at which its containers get what routes lead to them; none when it has no route
 * @param wanted the replicas of the desired release, existing or not
 * @param states what the engine says of those that exist, by name
 * @param others containers of the service that the desired release does not want
 * @param inService addresses ({@code ip:port}) that get its new requests now, by the settings that the release asks for
 */
record ServiceSituation(
        Service service,
        List<Integer> ports,
        List<Replica> wanted,
        Map<String, ContainerState> states,
        List<ContainerState> others,
        Set<String> inService) {

    /** Whether readers reach it by a route. */
    boolean routed() {
        return !ports.isEmpty();
    }

    List<Replica> toStart() {
        return wanted.stream()
                .filter(replica -> !service.job() && !runs(replica) && !done(replica))
                .toList();
    }

    List<Replica> jobsToRun() {
        return wanted.stream()
                .filter(replica -> service.job() && !completed(replica))
                .toList();
    }

    /** Those that must become healthy before anything depends on them. */
    List<Replica> toAwait() {
        return wanted.stream()
                .filter(replica -> !service.job() && !(runs(replica) && healthy(replica)) && !done(replica))
                .toList();
    }

    boolean ready() {
        return toAwait().isEmpty() && jobsToRun().isEmpty();
    }

    /**
     * Whether the proxy must be told: what is in service is not exactly what is wanted, or what is has drained by then, since the
     * next container has its address.
     */
    boolean mustCutOver() {
        return routed() && (stopsFirst() || !inService.equals(wantedAddresses()));
    }

    /** With those that the engine is about to start again. */
    List<ContainerState> runningOthers() {
        return others.stream()
                .filter(container -> container.running() || container.status() == ContainerState.Status.RESTARTING)
                .toList();
    }

    /** Whether the old containers must be gone before new ones start. */
    boolean stopsFirst() {
        return !toStart().isEmpty()
                && !runningOthers().isEmpty()
                && (service.order() == UpdateOrder.STOP_FIRST || takesOver());
    }

    /** Whether a new container gets the place or the address of one that still has it. */
    private boolean takesOver() {
        return runningOthers().stream()
                .anyMatch(other -> toStart().stream()
                        .anyMatch(replica -> replaces(replica, other)
                                || replica.address()
                                        .filter(address -> other.address().containsValue(address))
                                        .isPresent()));
    }

    /** What must be removed because new containers get its name, or one that is made of the same is to be made anew. */
    List<ContainerState> inTheWay() {
        return others.stream()
                .filter(other -> wanted.stream().anyMatch(replica -> replaces(replica, other)))
                .toList();
    }

    /** It may be called otherwise since it was made: see {@link Names}. */
    private static boolean replaces(Replica replica, ContainerState other) {
        return replica.container().equals(other.name())
                || (!replica.exists()
                        && replica.number() == other.replica()
                        && replica.service().hash().equals(other.configHash()));
    }

    static List<ProxyServer> servers(List<ContainerState> containers, List<Integer> ports) {
        return containers.stream()
                .flatMap(container -> container.address().values().stream()
                        .flatMap(address ->
                                ports.stream().map(port -> new ProxyServer(container.name(), address, port))))
                .toList();
    }

    private Set<String> wantedAddresses() {
        return wanted.stream()
                .flatMap(replica -> addressOf(replica).stream())
                .flatMap(address -> ports.stream().map(port -> address + ":" + port))
                .collect(Collectors.toSet());
    }

    private Optional<String> addressOf(Replica replica) {
        return replica.address()
                .or(() -> Optional.ofNullable(states.get(replica.container()))
                        .flatMap(state -> state.address().values().stream().findFirst()));
    }

    private boolean runs(Replica replica) {
        ContainerState state = states.get(replica.container());
        return state != null && state.running();
    }

    private boolean healthy(Replica replica) {
        ContainerState state = states.get(replica.container());
        return state != null
                && switch (state.health()) {
                    case NONE, HEALTHY -> true;
                    case STARTING, UNHEALTHY -> false;
                };
    }

    private boolean done(Replica replica) {
        return service.mayEnd() && !routed() && completed(replica);
    }

    private boolean completed(Replica replica) {
        ContainerState state = states.get(replica.container());
        return state != null
                && state.status() == ContainerState.Status.EXITED
                && state.exitCode().equals(Optional.of(0));
    }
}
