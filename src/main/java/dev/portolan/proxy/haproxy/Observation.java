package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.ServerStatus;
import dev.portolan.haproxy.Snapshot;
import dev.portolan.model.ProxyState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a worker says, as one app sees its proxy. */
final class Observation {

    private Observation() {}

    static ProxyState of(String app, Snapshot now) {
        Map<String, ProxyState.RouteState> routes = now.servers().stream()
                .flatMap(slot -> Backend.serviceOf(app, slot.backend()).stream())
                .distinct()
                .collect(Collectors.toMap(
                        service -> service,
                        service -> route(Servers.of(
                                        now,
                                        name -> Backend.serviceOf(app, name).equals(Optional.of(service)))
                                .slots())));
        boolean provisional = now.servers().stream()
                .anyMatch(slot -> Backend.serviceOf(app, slot.backend()).isPresent()
                        && Slot.is(slot.server())
                        && Servers.provisional(slot));
        String settingsHash = provisional ? "" : now.process().described(app).orElse("");
        return new ProxyState(true, settingsHash, routes);
    }

    private static ProxyState.RouteState route(List<ServerStatus> slots) {
        Map<Boolean, List<String>> addresses = slots.stream()
                .filter(slot -> !Servers.free(slot))
                .collect(Collectors.partitioningBy(
                        Servers::inService, Collectors.mapping(ServerStatus::address, Collectors.toList())));
        return new ProxyState.RouteState(
                Set.copyOf(addresses.getOrDefault(true, List.of())), addresses.getOrDefault(false, List.of()));
    }
}
