package dev.portolan.traffic.edge;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.haproxy.ContainerProcess;
import dev.portolan.haproxy.FolderFiles;
import dev.portolan.haproxy.Haproxy;
import dev.portolan.haproxy.HaproxyException;
import dev.portolan.haproxy.HaproxyProcess;
import dev.portolan.haproxy.Polling;
import dev.portolan.haproxy.RuntimeApi;
import dev.portolan.haproxy.ServerChange;
import dev.portolan.haproxy.ServerStatus;
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
    public void ensure(Pools pools) {
        alone(() -> {
            Optional<StoredEdge> present = stored();
            StoredEdge next =
                    StoredEdge.of(pools, present.map(StoredEdge::drained).orElse(Set.of()));
            files.write(POOLS, next.toJson());
            EdgeConfiguration configuration = configuration(next);
            Optional<RuntimeApi.Snapshot> running = haproxy().snapshot();
            if (running.isEmpty()) {
                haproxy().start(configuration.text());
            } else if (running.get()
                    .process()
                    .described(EdgeConfiguration.GENERATION)
                    .equals(Optional.of(configuration.generation()))) {
                haproxy().store(configuration.text());
            } else {
                haproxy().reload(configuration.text());
            }
        });
    }

    @Override
    public void drain(String region, Duration deadline) {
        alone(() -> {
            StoredEdge next = stored(region).drain(region);
            remember(next);
            haproxy().api().change(List.of(mode(region, ServerStatus.Mode.MAINTENANCE)));
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
            ServerStatus now = status(region);
            if (now.mode() != ServerStatus.Mode.READY) {
                haproxy()
                        .api()
                        .change(List.of(
                                mode(region, ServerStatus.Mode.DRAIN),
                                new ServerChange.Unhealthy(EdgeConfiguration.REGIONS, region)));
                if (Polling.until(limit, () -> Optional.of(status(region)).filter(ServerStatus::healthy))
                        .isEmpty()) {
                    String why = status(region).checkText();
                    haproxy().api().change(List.of(mode(region, ServerStatus.Mode.MAINTENANCE)));
                    throw new HaproxyException(
                            "the region " + region + " is not healthy for the edge: " + why,
                            "it stays drained; see 'portolan status', then undrain it again");
                }
                haproxy().api().change(List.of(mode(region, ServerStatus.Mode.READY)));
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

    private ServerStatus status(String region) {
        return haproxy().api().snapshot().of(EdgeConfiguration.REGIONS).stream()
                .filter(server -> server.server().equals(region))
                .findFirst()
                .orElseThrow(() -> new HaproxyException("the edge knows no region " + region, "deploy first"));
    }

    private boolean busy(String region) {
        return Stream.concat(Stream.of(haproxy().api()), haproxy().formerWorkers().stream())
                .flatMap(worker -> sessions(worker).stream())
                .anyMatch(server -> server.server().equals(region) && server.current() > 0);
    }

    private static List<ServerStatus> sessions(RuntimeApi worker) {
        try {
            return worker.snapshot().servers();
        } catch (HaproxyException.NotRunning e) {
            return List.of(); // a former worker that had nothing left to do
        }
    }

    private static TrafficState state(RuntimeApi.Snapshot now) {
        return new TrafficState(
                true,
                now.process().described(EdgeConfiguration.POOLS).orElse(""),
                now.of(EdgeConfiguration.REGIONS).stream()
                        .collect(Collectors.toMap(ServerStatus::server, Edge::state)));
    }

    private static PoolState state(ServerStatus region) {
        return switch (region.mode()) {
            case READY -> region.up() ? PoolState.UP : PoolState.DOWN;
            case DRAIN, MAINTENANCE -> PoolState.DRAINED;
        };
    }

    private static ServerChange mode(String region, ServerStatus.Mode mode) {
        return new ServerChange.Mode(EdgeConfiguration.REGIONS, region, mode);
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
