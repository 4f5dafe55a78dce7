package dev.portolan.plan;

import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
import dev.portolan.model.UserError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the containers of a host are called. Each is made under a name of Portolan's own, so that releases can stand side by
 * side. When a release is committed its containers get the names that the Compose file gives them; those of earlier
 * releases have their own names again.
 */
final class Names {
    private final String app;
    private final String region;

    Names(String app, String region) {
        this.app = app;
        this.region = region;
    }

    /**
     * The changes, in an order in which no name is needed before it is free; none when all are called as they should be.
     *
     * @param containers those that are there when the release is committed, or are now; wanted ones may be among them
     * @param wanted by the release that is committed
     */
    List<Renaming> changes(List<ContainerState> containers, List<Replica> wanted) {
        Map<String, Replica> byName =
                wanted.stream().collect(Collectors.toMap(Replica::container, Function.identity()));
        Stream<Renaming> others = containers.stream()
                .filter(container -> !byName.containsKey(container.name()))
                .map(container -> new Renaming(
                        container.name(),
                        Replica.nameOf(app, region, container.service(), container.configHash(), container.replica()),
                        container.service(),
                        container.configHash(),
                        container.replica()));
        List<Renaming> changes =
                new ArrayList<>(Stream.concat(others, wanted.stream().map(this::named))
                        .filter(change -> !change.from().equals(change.to()))
                        .toList());
        Set<String> given = wanted.stream()
                .flatMap(replica -> replica.service().containerName().stream())
                .collect(Collectors.toSet());
        changes.sort(Comparator.comparing(change -> given.contains(change.to())));
        return List.copyOf(changes);
    }

    private Renaming named(Replica replica) {
        String own = Replica.nameOf(
                app, region, replica.service().name(), replica.service().hash(), replica.number());
        return new Renaming(
                replica.container(),
                replica.service().containerName().orElse(own),
                replica.service().name(),
                replica.service().hash(),
                replica.number());
    }

    /** @throws UserError when containers of others have names that the release gives, on any host */
    static void requireFree(Desired desired, Observed observed) {
        List<String> taken = desired.regions().stream()
                .flatMap(region -> region.hosts().stream())
                .flatMap(host -> takenOn(host, desired, observed))
                .toList();
        if (!taken.isEmpty()) {
            throw new UserError(
                    "containers that are not this app's have names that container_name gives: "
                            + String.join(", ", taken),
                    "nothing was changed; end what has them, such as \"docker compose down\" in this folder, or give them"
                            + " other names with docker rename");
        }
    }

    private static Stream<String> takenOn(Host host, Desired desired, Observed observed) {
        return observed.hosts().get(host.id()) instanceof HostState.Reachable state
                ? desired.workload(host.id()).services().stream()
                        .flatMap(service -> service.containerName().stream())
                        .filter(state.takenNames()::contains)
                        .map(name -> name + " on " + host.id())
                : Stream.empty();
    }
}
