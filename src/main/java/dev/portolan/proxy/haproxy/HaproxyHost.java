package dev.portolan.proxy.haproxy;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.haproxy.ContainerProcess;
import dev.portolan.haproxy.Counters;
import dev.portolan.haproxy.FolderFiles;
import dev.portolan.haproxy.Haproxy;
import dev.portolan.haproxy.HaproxyException;
import dev.portolan.haproxy.HaproxyProcess;
import dev.portolan.haproxy.RuntimeApi;
import dev.portolan.haproxy.ServerStatus;
import dev.portolan.host.HostConnection;
import dev.portolan.model.ImageSource;
import dev.portolan.model.ProxyServer;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.ProxyState;
import dev.portolan.proxy.HostProxy;
import dev.portolan.proxy.ProxyException;
import dev.portolan.proxy.ProxyGone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One app's part in the HAProxy of a host. */
public final class HaproxyHost implements HostProxy {
    /** The path of a socket must be short, so this does not have the proxy's name in it. */
    private static final String FOLDER = "proxy";

    private static final String NOT_RUNNING = "the proxy of the host does not run";

    private final HostConnection host;
    private final HaproxyProcess process;
    private final String app;
    private final FolderFiles files;
    private final AppStore store;
    private final CounterBases bases;
    private final List<Haproxy> known = new ArrayList<>(1);
    private final ReentrantLock changing = new ReentrantLock();

    /** @param host whose files are those of one proxy: local regions have a root each */
    public HaproxyHost(HostConnection host, HaproxyProcess process, String app) {
        this.host = host;
        this.process = process;
        this.app = app;
        this.files = new FolderFiles(host.files(), FOLDER);
        this.store = new AppStore(files);
        this.bases = new CounterBases(files, app);
    }

    /**
     * The usual proxy: a container.
     *
     * @param name of the container, as in {@link ProxySettings#name()}
     */
    public static HaproxyHost inContainer(
            HostConnection host, ContainerEngine engine, ImageSource image, String app, String name) {
        return new HaproxyHost(host, new ContainerProcess(engine, name, "proxy", image), app);
    }

    @Override
    public ProxyState observe() {
        return asking(() -> haproxy().snapshot().map(this::state).orElse(ProxyState.ABSENT));
    }

    @Override
    public List<String> taken(ProxySettings settings) {
        return asking(() -> haproxy().taken(settings.binds()));
    }

    @Override
    public void ensure(ProxySettings settings) {
        alone(() -> {
            Optional<StoredApp> present = store.read(app);
            StoredApp next = present.orElse(StoredApp.of(settings)).with(settings);
            store.mustNotCollide(next);
            store.write(next);
            try {
                apply(haproxy());
            } catch (HaproxyException e) {
                // other apps must be able to go on with what HAProxy takes
                present.ifPresentOrElse(store::write, () -> store.remove(app));
                throw e;
            }
        });
    }

    @Override
    public void cutOver(String service, List<ProxyServer> servers, Duration deadline) {
        alone(() -> {
            long end = System.nanoTime() + deadline.toNanos();
            RuntimeApi api = haproxy().api();
            while (true) {
                RuntimeApi.Snapshot before = api.snapshot();
                mustKnow(before, service, servers);
                new CutOver(
                                api,
                                () -> servers(api.snapshot(), service),
                                slots -> bases.note(before.process(), slots),
                                servers,
                                Duration.ofNanos(end - System.nanoTime()))
                        .run();
                boolean sameWorker = !store.reloading()
                        && api.snapshot().process().process()
                                == before.process().process();
                if (sameWorker) {
                    return;
                }
                // another app had the worker replaced meanwhile: the new one may not know of this
            }
        });
    }

    @Override
    public int drain(String service, List<ProxyServer> servers, Duration deadline) {
        return asking(() -> new Drain(
                        haproxy(),
                        backendsOf(service),
                        servers.stream().map(Servers::addressOf).collect(Collectors.toSet()))
                .run(deadline));
    }

    @Override
    public void commit() {
        alone(() -> {
            RuntimeApi.Snapshot now = haproxy().api().snapshot();
            StoredApp present = store.read(app).orElseThrow(() -> unknown(app));
            Map<String, Map<Integer, String>> serving = new HashMap<>();
            present.wanted()
                    .forEach(backend -> serving.put(
                            Backend.key(backend.service(), backend.port()),
                            Servers.of(now, backend.name()).contents().entrySet().stream()
                                    .filter(slot -> slot.getValue().inService())
                                    .collect(Collectors.toMap(
                                            Map.Entry::getKey,
                                            slot -> slot.getValue().address()))));
            store.write(present.withCommitted(serving));
            apply(haproxy());
        });
    }

    @Override
    public void remove() {
        alone(() -> {
            store.remove(app);
            bases.remove();
            if (store.all().isEmpty()) {
                haproxy().stop();
            } else {
                apply(haproxy());
            }
        });
    }

    @Override
    public Map<String, Figures> figures(String service) {
        return asking(() -> {
            RuntimeApi.Snapshot now = haproxy().api().snapshot();
            Map<String, Counters> counted = bases.read(now.process());
            return servers(now, service).taken().stream()
                    .sorted(Comparator.comparing(slot -> !Slot.checked(slot.server())))
                    .collect(Collectors.toMap(
                            ServerStatus::address,
                            slot -> figures(slot, counted.getOrDefault(CounterBases.key(slot), Counters.ZERO)),
                            (first, second) -> first));
        });
    }

    private static Figures figures(ServerStatus slot, Counters base) {
        Counters since = slot.counters().minus(base);
        return new Figures(
                since.answers() + since.lost(),
                since.serverErrors(),
                since.connectionErrors(),
                slot.healthy(),
                slot.current());
    }

    /** Makes HAProxy run as the files say, and what is in service stay so. */
    private void apply(Haproxy haproxy) {
        ProxyConfiguration committed = committed(haproxy);
        Optional<RuntimeApi.Snapshot> running = haproxy.snapshot();
        if (running.isEmpty()) {
            haproxy.start(committed.text());
            return;
        }
        boolean upToDate = running.get()
                .process()
                .described(ProxyConfiguration.GENERATION)
                .equals(Optional.of(committed.generation()));
        if (!upToDate) {
            store.markReload();
            try {
                haproxy.reload(serving(committed, haproxy.api().snapshot()).text());
            } finally {
                store.unmarkReload();
            }
        }
        haproxy.store(committed.text());
        if (!committed(haproxy).equals(committed)) {
            apply(haproxy); // another app has changed its part meanwhile
        }
    }

    private ProxyConfiguration committed(Haproxy haproxy) {
        return new ProxyConfiguration(
                haproxy.folder(),
                haproxy.startsAsRoot(),
                store.all().stream().map(StoredApp::part).toList());
    }

    /** The same settings with what is in the slots now: a new worker must not fall back to what is committed. */
    private static ProxyConfiguration serving(ProxyConfiguration committed, RuntimeApi.Snapshot now) {
        List<AppPart> apps = committed.apps().stream()
                .map(part ->
                        part.withEach(backend -> now.of(backend.name()).isEmpty() ? backend : serving(backend, now)))
                .toList();
        return new ProxyConfiguration(committed.folder(), committed.startsAsRoot(), apps);
    }

    /** What passed another check is not taken out because it would fail this one. */
    private static Backend serving(Backend backend, RuntimeApi.Snapshot now) {
        boolean sameCheck = now.process().described(backend.name()).equals(Optional.of(backend.checkHash()));
        Map<Integer, Slot> contents =
                new HashMap<>(Servers.of(now, backend.name()).contents());
        contents.replaceAll(
                (number, slot) -> slot.inService() && !sameCheck ? new Slot(slot.address(), true, false) : slot);
        return backend.with(contents);
    }

    private ProxyState state(RuntimeApi.Snapshot now) {
        Map<String, ProxyState.RouteState> routes = now.servers().stream()
                .flatMap(slot -> Backend.serviceOf(app, slot.backend()).stream())
                .distinct()
                .collect(Collectors.toMap(
                        service -> service,
                        service -> route(servers(now, service).slots())));
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

    private Servers servers(RuntimeApi.Snapshot now, String service) {
        return Servers.of(now, backendsOf(service));
    }

    private Predicate<String> backendsOf(String service) {
        return name -> Backend.serviceOf(app, name).equals(Optional.of(service));
    }

    private void mustKnow(RuntimeApi.Snapshot now, String service, List<ProxyServer> servers) {
        Servers known = servers(now, service);
        servers.stream()
                .map(ProxyServer::port)
                .filter(port -> known.forPort(port).slots().isEmpty())
                .findFirst()
                .ifPresent(port -> {
                    throw unknown(app + "." + service + " at its port " + port);
                });
        if (known.slots().isEmpty()) {
            throw unknown(app + "." + service);
        }
    }

    private static HaproxyException unknown(String what) {
        return new HaproxyException("the proxy of the host has no route for " + what, "deploy again");
    }

    /** Made when it is first needed: the host is asked whose the files are. */
    private Haproxy haproxy() {
        synchronized (known) {
            if (known.isEmpty()) {
                known.add(new Haproxy(host, files, process));
            }
            return known.getFirst();
        }
    }

    /** Two changes at once would count on slots that the other takes. */
    private void alone(Runnable change) {
        changing.lock();
        try {
            asking(() -> {
                change.run();
                return app;
            });
        } finally {
            changing.unlock();
        }
    }

    private <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (HaproxyException.NotRunning e) {
            throw new ProxyGone(NOT_RUNNING + ": " + e.message(), e.remedy());
        } catch (HaproxyException e) {
            throw new ProxyException(e.message(), e.remedy());
        }
    }
}
