package dev.portolan.plan;

import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import java.util.ArrayList;
import java.util.List;

/** Takes an app away from one host. Its volumes stay: they hold what cannot be made again. */
final class Removal {

    private Removal() {}

    static List<Step> of(HostId host, Desired release, HostState.Reachable state) {
        List<Step> steps = new ArrayList<>();
        if (!state.proxy().routes().isEmpty()) {
            steps.add(new Step.RemoveProxy(host));
        }
        if (!state.containers().isEmpty()) {
            steps.add(new Step.Remove(
                    host, state.containers().stream().map(ContainerState::name).toList()));
        }
        release.workload(host.region()).networks().stream()
                .filter(network -> !network.external() && state.networks().containsKey(network.name()))
                .forEach(network -> steps.add(new Step.RemoveNetwork(host, network.name())));
        return List.copyOf(steps);
    }
}
