package dev.portolan.deploy;

import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.TaskRunner;
import dev.portolan.model.Desired;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
import dev.portolan.model.Route;
import dev.portolan.model.UserError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many requests each host has had, as its proxy counts them. */
final class Shares {
    private final Fleet fleet;
    private final TaskRunner runner;

    Shares(Fleet fleet, TaskRunner runner) {
        this.fleet = fleet;
        this.runner = runner;
    }

    /** Of hosts that answer and whose proxy runs. */
    Map<HostId, Long> requests(Desired release, Observed observed) {
        List<HostId> hosts = observed.hosts().entrySet().stream()
                .filter(host -> host.getValue() instanceof HostState.Reachable reachable
                        && reachable.proxy().running())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        List<Long> counts = runner.map(hosts, host -> requests(release, host));
        Map<HostId, Long> byHost = new HashMap<>();
        for (int index = 0; index < hosts.size(); index++) {
            byHost.put(hosts.get(index), counts.get(index));
        }
        return byHost;
    }

    private long requests(Desired release, HostId host) {
        try {
            return release.routes().stream()
                    .map(Route::service)
                    .distinct()
                    .flatMap(service -> fleet.on(host).proxy().figures(service).values().stream())
                    .mapToLong(figures -> figures.requests())
                    .sum();
        } catch (UserError gone) {
            return 0;
        }
    }
}
