package dev.portolan.proxy.haproxy;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.haproxy.Asked;
import dev.portolan.haproxy.ContainerProcess;
import dev.portolan.haproxy.Counters;
import dev.portolan.haproxy.FolderFiles;
import dev.portolan.haproxy.Haproxy;
import dev.portolan.haproxy.HaproxyException;
import dev.portolan.haproxy.HaproxyProcess;
import dev.portolan.haproxy.Polling;
import dev.portolan.haproxy.RuntimeApi;
import dev.portolan.haproxy.ServerStatus;
import dev.portolan.haproxy.Snapshot;
import dev.portolan.host.HostConnection;
import dev.portolan.host.HostFiles.Change;
import dev.portolan.host.HostFiles.StoredFile;
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
        return asking(
                () -> haproxy().snapshot().map(now -> Observation.of(app, now)).orElse(ProxyState.ABSENT));
    }

    @Override
    public List<String> taken(ProxySettings settings) {
        return asking(() -> haproxy().taken(settings.binds()));
    }

    @Override
    public void ensure(ProxySettings settings) {
        alone(() -> {
            Haproxy haproxy = haproxy();
            Supplier<AppStore.Stored> files = haproxy.api().alongside(store::read);
            Optional<Snapshot> running = haproxy.snapshot();
            AppStore.Stored stored = files.get();
            Optional<StoredApp> present = stored.of(app);
            StoredApp next = present.orElse(StoredApp.of(settings)).with(settings);
            stored.mustNotCollide(next);
            try {
                apply(haproxy, running, stored.with(next), List.of(AppStore.writing(next)));
            } catch (HaproxyException e) {
                // other apps must be able to go on with what HAProxy takes
                store.change(List.of(present.map(AppStore::writing).orElse(AppStore.removing(app))));
                throw e;
            }
        });
    }

    @Override
    public void cutOver(String service, List<ProxyServer> servers, Duration deadline) {
        alone(() -> {
            long end = System.nanoTime() + deadline.toNanos();
            while (!switched(service, servers, Duration.ofNanos(end - System.nanoTime()))) {
                // another app had the worker replaced meanwhile: the new one may not know of this
                Polling.pause();
            }
        });
    }

    /** @return whether the worker that takes the requests knows of it */
    private boolean switched(String service, List<ProxyServer> servers, Duration deadline) {
        RuntimeApi api = haproxy().api();
        Asked<Optional<StoredFile>> counted = Asked.now(bases::read);
        Snapshot before = api.snapshot();
        mustKnow(before, service, servers);
        try {
            Snapshot after = new CutOver(
                            api,
                            before,
                            backendsOf(service),
                            slots -> {
                                haproxy().expectFormerWorkers(); // which may have to drain, too
                                bases.note(CounterBases.of(counted.answer(), before.process()), slots);
                            },
                            servers,
                            deadline)
                    .run();
            return !after.reloading();
        } catch (HaproxyException.Replaced replaced) {
            if (deadline.isNegative()) {
                throw replaced; // again and again
            }
            api.snapshot(); // unless there is none
            return false;
        }
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
            Haproxy haproxy = haproxy();
            Supplier<AppStore.Stored> files = haproxy.api().alongside(store::read);
            Snapshot now = haproxy.api().snapshot();
            AppStore.Stored stored = files.get();
            StoredApp present = stored.of(app).orElseThrow(() -> unknown(app));
            Map<String, Map<Integer, String>> serving = new HashMap<>();
            present.wanted()
                    .forEach(backend -> serving.put(
                            Backend.key(backend.service(), backend.port()),
                            Servers.of(now, backend.name()).contents().entrySet().stream()
                                    .filter(slot -> slot.getValue().inService())
                                    .collect(Collectors.toMap(
                                            Map.Entry::getKey,
                                            slot -> slot.getValue().address()))));
            StoredApp next = present.withCommitted(serving);
            apply(haproxy, Optional.of(now), stored.with(next), List.of(AppStore.writing(next)));
        });
    }

    @Override
    public void remove() {
        alone(() -> {
            AppStore.Stored left = store.change(List.of(AppStore.removing(app), bases.removing()));
            if (left.all().isEmpty()) {
                haproxy().stop();
            } else {
                apply(haproxy(), haproxy().snapshot(), left, List.of());
            }
        });
    }

    @Override
    public Map<String, Figures> figures(String service) {
        return asking(() -> {
            Asked<Optional<StoredFile>> noted = Asked.now(bases::read);
            Snapshot now = haproxy().api().snapshot();
            Map<String, Counters> counted = CounterBases.of(noted.answer(), now.process());
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

    /**
     * Makes HAProxy run as the files say, and what is in service stay so.
     *
     * @param running what it has just said; empty when it does not run
     * @param stored the files, as they are once these changes are made
     */
    private void apply(Haproxy haproxy, Optional<Snapshot> running, AppStore.Stored stored, List<Change> changes) {
        if (running.isEmpty()) {
            haproxy.start(committed(haproxy, store.change(changes)).text());
            return;
        }
        ProxyConfiguration committed = committed(haproxy, stored);
        List<Change> left = new ArrayList<>(changes);
        boolean upToDate = running.get()
                .process()
                .described(ProxyConfiguration.GENERATION)
                .equals(Optional.of(committed.generation()));
        if (!upToDate) {
            Haproxy.Reload reload = haproxy.prepareReload(stored.configuration());
            ProxyConfiguration next = committed(haproxy, store.change(changes));
            reload.run(running.get().process(), now -> serving(next, now).text());
            committed = next;
            left.clear();
        }
        if (!upToDate || !stored.configuration().equals(Optional.of(committed.text()))) {
            left.add(Haproxy.storing(committed.text()));
        }
        AppStore.Stored now = store.change(left);
        if (!committed(haproxy, now).equals(committed)) {
            apply(haproxy, haproxy.snapshot(), now, List.of()); // another app has changed its part meanwhile
        }
    }

    private static ProxyConfiguration committed(Haproxy haproxy, AppStore.Stored stored) {
        return new ProxyConfiguration(
                haproxy.folder(),
                haproxy.startsAsRoot(),
                stored.all().stream().map(StoredApp::part).toList());
    }

    /** The same settings with what is in the slots now: a new worker must not fall back to what is committed. */
    private static ProxyConfiguration serving(ProxyConfiguration committed, Snapshot now) {
        List<AppPart> apps = committed.apps().stream()
                .map(part ->
                        part.withEach(backend -> now.of(backend.name()).isEmpty() ? backend : serving(backend, now)))
                .toList();
        return new ProxyConfiguration(committed.folder(), committed.startsAsRoot(), apps);
    }

    /** What passed another check is not taken out because it would fail this one. */
    private static Backend serving(Backend backend, Snapshot now) {
        boolean sameCheck = now.process().described(backend.name()).equals(Optional.of(backend.checkHash()));
        Map<Integer, Slot> contents =
                new HashMap<>(Servers.of(now, backend.name()).contents());
        contents.replaceAll(
                (number, slot) -> slot.inService() && !sameCheck ? new Slot(slot.address(), true, false) : slot);
        return backend.with(contents);
    }

    private Servers servers(Snapshot now, String service) {
        return Servers.of(now, backendsOf(service));
    }

    private Predicate<String> backendsOf(String service) {
        return name -> Backend.serviceOf(app, name).equals(Optional.of(service));
    }

    private void mustKnow(Snapshot now, String service, List<ProxyServer> servers) {
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
