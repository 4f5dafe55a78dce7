package dev.portolan.observe;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.ContainerEngine.EngineInfo;
import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.Fleet.HostAccess;
import dev.portolan.fleet.TaskRunner;
import dev.portolan.host.HostFiles;
import dev.portolan.host.HostTrees;
import dev.portolan.host.HostTrees.Stored;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Labels;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Observed;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks every host of an app, all at once, what runs there. */
public final class Observer {
    private final Fleet fleet;
    private final TaskRunner runner;

    public Observer(Fleet fleet, TaskRunner runner) {
        this.fleet = fleet;
        this.runner = runner;
    }

    /**
     * What is there.
     *
     * @param releases whose hosts are asked, and whose images and networks are asked about; at least one, all of the same app
     */
    public Observed observe(List<Desired> releases) {
        String app = releases.getFirst().app();
        Set<HostId> ids = releases.stream()
                .flatMap(release -> release.regions().stream())
                .flatMap(region -> region.hosts().stream())
                .map(Host::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<HostId> hosts = List.copyOf(ids);
        List<HostState> states = runner.map(hosts, host -> askHost(app, host, releases));
        Map<HostId, HostState> byHost = new HashMap<>();
        for (int index = 0; index < hosts.size(); index++) {
            byHost.put(hosts.get(index), states.get(index));
        }
        return new Observed(byHost, askTraffic());
    }

    private TrafficState askTraffic() {
        return fleet.traffic().observe();
    }

    private HostState askHost(String app, HostId id, List<Desired> releases) {
        try {
            HostAccess host = fleet.on(id);
            ContainerEngine engine = host.engine();
            Map<String, String> networks = engine.networks();
            Stored stored = stored(host.trees(), id, releases);
            List<ContainerState> containers = engine.containers(Map.of(Labels.APP, app, Labels.REGION, id.region()));
            EngineInfo info = engine.info();
            return new HostState.Reachable(
                    info.id(),
                    containers,
                    networks,
                    host.routes().read(),
                    Set.copyOf(engine.volumes(Map.of())),
                    images(engine, id, releases),
                    usedAddresses(engine, id, releases, networks.keySet()),
                    host.proxy().observe(),
                    committed(host.files(), app),
                    stored.contents(),
                    stored.folders(),
                    takenNames(engine, id, releases, containers),
                    Integer.parseInt(
                            info.apiVersion().substring(info.apiVersion().indexOf('.') + 1)));
        } catch (UserError unreachable) {
            return new HostState.Unreachable(unreachable.message());
        } catch (IOException unreadable) {
            return new HostState.Unreachable(String.valueOf(unreadable.getMessage()));
        }
    }

    private static Set<ImageSource> images(ContainerEngine engine, HostId id, List<Desired> releases) {
        return releases.stream()
                .filter(release -> release.workloads().containsKey(id.region()))
                .flatMap(release -> release.workload(id.region()).services().stream())
                .map((Service service) -> service.container().image())
                .distinct()
                .filter(engine::hasImage)
                .collect(Collectors.toSet());
    }

    private static Set<String> usedAddresses(
            ContainerEngine engine, HostId id, List<Desired> releases, Set<String> existing) {
        Set<String> used = new HashSet<>();
        releases.stream()
                .filter(release -> release.workloads().containsKey(id.region()))
                .flatMap(release -> release.workload(id.region()).networks().stream())
                .map(NetworkSpec::name)
                .distinct()
                .filter(existing::contains)
                .forEach(network -> used.addAll(engine.addressesOn(network)));
        return used;
    }

    private static Stored stored(HostTrees trees, HostId id, List<Desired> releases) throws IOException {
        boolean some = releases.stream()
                .filter(release -> release.workloads().containsKey(id.region()))
                .map(release -> release.workload(id.region()))
                .anyMatch(workload ->
                        !workload.files().isEmpty() || !workload.folders().isEmpty());
        return some ? trees.stored() : Stored.NOTHING;
    }

    private static Set<String> takenNames(
            ContainerEngine engine, HostId id, List<Desired> releases, List<ContainerState> own) {
        Set<String> ids = own.stream().map(ContainerState::id).collect(Collectors.toSet());
        return releases.stream()
                .filter(release -> release.workloads().containsKey(id.region()))
                .flatMap(release -> release.workload(id.region()).services().stream())
                .flatMap(service -> service.containerName().stream())
                .distinct()
                .filter(name ->
                        own.stream().noneMatch(container -> container.name().equals(name)))
                .filter(name -> engine.container(name)
                        .filter(found -> !ids.contains(found.id()))
                        .isPresent())
                .collect(Collectors.toSet());
    }

    private static Optional<ReleaseId> committed(HostFiles files, String app) throws IOException {
        return files.read("apps/" + app + "/committed")
                .map(file -> new ReleaseId(file.content().strip()));
    }
}
