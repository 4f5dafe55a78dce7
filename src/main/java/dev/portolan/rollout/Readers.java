package dev.portolan.rollout;

import dev.portolan.fleet.Fleet;
import dev.portolan.model.ContainerState;
import dev.portolan.model.HostId;
import dev.portolan.model.ProxyServer;
import dev.portolan.model.ProxyState.RouteState;
import dev.portolan.model.UserError;
import dev.portolan.plan.Replica;
import dev.portolan.plan.Step;
import dev.portolan.proxy.HostProxy;
import dev.portolan.proxy.ProxyGone;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives the readers of a host to containers. */
final class Readers {
    private final Fleet fleet;

    Readers(Fleet fleet) {
        this.fleet = fleet;
    }

    void cutOver(Step.CutOver step) {
        proxy(step.host()).cutOver(step.service(), servers(step), step.limit());
    }

    /**
     * Makes what the release serves with what the proxy comes back with.
     *
     * @throws ProxyGone when the proxy was away in between: it then came back with the servers of before, and may have taken those for
     *     what was to be committed. To be done again as a whole.
     */
    void commit(Step.Commit step) {
        step.serving().forEach(this::cutOver);
        proxy(step.host()).commit();
        var routes = proxy(step.host()).observe().routes();
        boolean serves = step.serving().stream()
                .allMatch(cutOver -> Optional.ofNullable(routes.get(cutOver.service()))
                        .map(RouteState::inService)
                        .equals(Optional.of(addresses(cutOver))));
        if (!serves) {
            throw new ProxyGone(
                    "the proxy of " + step.host() + " does not serve what was committed to it",
                    "it may have died meanwhile: see its log with docker logs, and deploy again");
        }
    }

    private Set<String> addresses(Step.CutOver step) {
        return servers(step).stream()
                .map(server -> server.address() + ":" + server.port())
                .collect(Collectors.toSet());
    }

    private List<ProxyServer> servers(Step.CutOver step) {
        return step.replicas().stream()
                .flatMap(replica -> {
                    String address = replica.address().orElseGet(() -> addressOf(replica, step.host()));
                    return step.ports().stream().map(port -> new ProxyServer(replica.container(), address, port));
                })
                .toList();
    }

    private String addressOf(Replica replica, HostId host) {
        return fleet.on(host)
                .engine()
                .container(replica.container())
                .map(ContainerState::address)
                .flatMap(addresses -> addresses.values().stream().findFirst())
                .orElseThrow(() -> new UserError(
                        replica.container() + " has no address on any network",
                        "a routed service needs a network that the host can reach"));
    }

    private HostProxy proxy(HostId host) {
        return fleet.on(host).proxy();
    }
}
