package dev.portolan.traffic.edge;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.haproxy.ContainerProcess;
import dev.portolan.haproxy.FolderFiles;
import dev.portolan.haproxy.Haproxy;
import dev.portolan.haproxy.HaproxyException;
import dev.portolan.haproxy.HaproxyProcess;
import dev.portolan.haproxy.Polling;
import dev.portolan.haproxy.ServerChange;
import dev.portolan.haproxy.ServerStatus;
import dev.portolan.haproxy.Snapshot;
import dev.portolan.haproxy.Worker;
import dev.portolan.host.HostConnection;
import dev.portolan.host.HostFiles.StoredFile;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Pools;
import dev.portolan.model.TrafficState;
import dev.portolan.model.TrafficState.PoolState;
import dev.portolan.traffic.TrafficLayer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The edge of one app, on one host. */
public final class Edge implements TrafficLayer {
    private static final String POOLS = "pools.json";
    private static final Duration HEALTHY_LIMIT = Duration.ofSeconds(30);

    private final HostConnection host;
    private final HaproxyProcess process;
    private final FolderFiles files;
    private final List<Haproxy> known = new ArrayList<>(1);
    private final ReentrantLock changing = new ReentrantLock();

    public Edge(HostConnection host, HaproxyProcess process, String app) {
        this.host = host;
        this.process = process;
        this.files = new FolderFiles(host.files(), "edge/" + app);
    }

    /** The usual edge: a container {@code portolan-edge-APP}. */
    public static Edge inContainer(HostConnection host, ContainerEngine engine, ImageSource image, String app) {
        return new Edge(host, new ContainerProcess(engine, "portolan-edge-" + app, "edge", image), app);
    }

    @Override
    public TrafficState observe() {
        return haproxy().snapshot().map(Edge::state).orElse(TrafficState.ABSENT);
    }

    @Override
    public List<String> taken(Pools pools) {
        return haproxy().taken(StoredEdge.of(pools, Set.of()).binds());
    }

    @Override
    public void ensure(Pools pools) {
        alone(() -> {
            Optional<StoredEdge> present = stored();
            StoredEdge next =
                    StoredEdge.of(pools, present.map(StoredEdge::drained).orElse(Set.of()));
            files.write(POOLS, next.toJson());
            try {
                apply(next);
            } catch (HaproxyException e) {
                present.ifPresentOrElse(before -> files.write(POOLS, before.toJson()), () -> files.remove(POOLS));
                throw e;
            }
        });
    }

    private void apply(StoredEdge next) {
        EdgeConfiguration configuration = configuration(next);
        Optional<Snapshot> running = haproxy().snapshot();
        if (running.isEmpty()) {
            haproxy().start(configuration.text());
        } else if (running.get()
                .process()
                .described(EdgeConfiguration.GENERATION)
                .equals(Optional.of(configuration.generation()))) {
            haproxy().store(configuration.text());
        } else {
            haproxy().prepareReload().run(running.get().process(), now -> configuration.text());
        }
    }

    @Override
    public void drain(String region, Duration deadline) {
        alone(() -> {
            StoredEdge next = stored(region).drain(region);
            remember(next);
            Snapshot now = haproxy().api().snapshot();
            haproxy().api().change(now.process(), mode(statuses(now, next, region), ServerStatus.Mode.MAINTENANCE));
        });
        Polling.until(deadline, () -> busy(region) ? Optional.empty() : Optional.of(region));
    }

    @Override
    public void undrain(String region) {
        undrain(region, HEALTHY_LIMIT);
    }

    void undrain(String region, Duration limit) {
        alone(() -> {
            StoredEdge next = stored(region).undrain(region);
            Snapshot now = haproxy().api().snapshot();
            List<ServerStatus> resting = statuses(now, next, region).stream()
                    .filter(server -> server.mode() != ServerStatus.Mode.READY)
                    .toList();
            if (!resting.isEmpty()) {
                List<ServerChange> checked = new ArrayList<>(mode(resting, ServerStatus.Mode.DRAIN));
                resting.forEach(server -> checked.add(new ServerChange.Unhealthy(server.backend(), server.server())));
                haproxy().api().change(now.process(), checked);
                if (Polling.until(limit, () -> sick(next, region).isEmpty() ? Optional.of(region) : Optional.empty())
                        .isEmpty()) {
                    String why = String.join(", ", sick(next, region));
                    haproxy().api().change(now.process(), mode(resting, ServerStatus.Mode.MAINTENANCE));
                    throw new HaproxyException(
                            "the region " + region + " is not healthy for the edge: " + why,
                            "it stays drained; see 'portolan status', then undrain it again");
                }
                haproxy().api().change(now.process(), mode(resting, ServerStatus.Mode.READY));
            }
            remember(next);
        });
    }

    @Override
    public void remove() {
        alone(() -> {
            haproxy().stop();
            files.remove(POOLS);
        });
    }

    private void remember(StoredEdge next) {
        files.write(POOLS, next.toJson());
        haproxy().store(configuration(next).text());
    }

    private EdgeConfiguration configuration(StoredEdge edge) {
        return new EdgeConfiguration(haproxy().folder(), haproxy().startsAsRoot(), edge);
    }

    private Optional<StoredEdge> stored() {
        return files.read(POOLS).map(StoredFile::content).map(StoredEdge::fromJson);
    }

    private StoredEdge stored(String region) {
        return stored().filter(edge ->
                        edge.pools().stream().anyMatch(pool -> pool.region().equals(region)))
                .orElseThrow(() -> new HaproxyException(
                        "the edge knows no region " + region, "deploy first; 'portolan status' names the regions"));
    }

    /** Where a region is checked: once for HTTP, and once for each route of TCP and host. */
    private static List<ServerStatus> statuses(Snapshot now, StoredEdge edge, String region) {
        List<ServerStatus> found = EdgeConfiguration.checks(edge).stream()
                .flatMap(backend -> now.of(backend).stream())
                .filter(server -> isOf(server, region))
                .toList();
        if (found.isEmpty()) {
            throw new HaproxyException("the edge knows no region " + region, "deploy first");
        }
        return found;
    }

    private List<String> sick(StoredEdge edge, String region) {
        return statuses(haproxy().api().snapshot(), edge, region).stream()
                .filter(server -> !server.healthy())
                .map(ServerStatus::checkText)
                .toList();
    }

    private static boolean isOf(ServerStatus server, String region) {
        return TcpRoute.regionOf(server.server()).equals(region);
    }

    private boolean busy(String region) {
        return Stream.concat(Stream.of(haproxy().api()), haproxy().formerWorkers().stream())
                .flatMap(worker -> sessions(worker).stream())
                .anyMatch(server -> isOf(server, region) && server.current() > 0);
    }

    private static List<ServerStatus> sessions(Worker worker) {
        try {
            return worker.snapshot().servers();
        } catch (HaproxyException.NotRunning e) {
            return List.of(); // a former worker that had nothing left to do
        }
    }

    private static TrafficState state(Snapshot now) {
        return new TrafficState(
                true,
                now.process().described(EdgeConfiguration.POOLS).orElse(""),
                now.servers().stream()
                        .filter(server -> server.backend().startsWith(EdgeConfiguration.REGIONS))
                        .collect(Collectors.toMap(
                                server -> TcpRoute.regionOf(server.server()),
                                Edge::state,
                                (first, other) -> first))); // HTTP, where there is any, comes first
    }

    private static PoolState state(ServerStatus region) {
        return switch (region.mode()) {
            case READY -> region.up() ? PoolState.UP : PoolState.DOWN;
            case DRAIN, MAINTENANCE -> PoolState.DRAINED;
        };
    }

    private static List<ServerChange> mode(List<ServerStatus> servers, ServerStatus.Mode mode) {
        return servers.stream()
                .<ServerChange>map(server -> new ServerChange.Mode(server.backend(), server.server(), mode))
                .toList();
    }

    private Haproxy haproxy() {
        synchronized (known) {
            if (known.isEmpty()) {
                known.add(new Haproxy(host, files, process));
            }
            return known.getFirst();
        }
    }

    private void alone(Runnable change) {
        changing.lock();
        try {
            change.run();
        } finally {
            changing.unlock();
        }
    }
}
