package dev.portolan.rollout;

import dev.portolan.fleet.Fleet;
import dev.portolan.model.Desired;
import dev.portolan.model.HostId;
import dev.portolan.model.Route;
import dev.portolan.plan.Request;
import dev.portolan.proxy.HostProxy.Figures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The counters of every route on every host of the releases that a rollout is about. */
final class AllFigures {
    private final Fleet fleet;
    private final List<HostId> hosts;
    private final List<String> services;

    AllFigures(Fleet fleet, Request request) {
        this.fleet = fleet;
        List<Desired> releases = Stream.of(Optional.of(request.desired()), request.committed())
                .flatMap(Optional::stream)
                .toList();
        this.hosts = releases.stream()
                .flatMap(release -> release.regions().stream())
                .flatMap(region -> region.hosts().stream())
                .map(host -> host.id())
                .distinct()
                .toList();
        this.services = releases.stream()
                .flatMap(release -> release.routes().stream())
                .map(Route::service)
                .distinct()
                .toList();
    }

    interface Consumer {
        void accept(HostId host, String service, Map<String, Figures> figures);
    }

    void each(Consumer consumer) {
        for (HostId host : hosts) {
            for (String service : services) {
                consumer.accept(host, service, fleet.on(host).proxy().figures(service));
            }
        }
    }
}
