package dev.portolan.haproxy;

import dev.portolan.host.HostConnection;
import dev.portolan.host.HostFiles;
import dev.portolan.host.HostPorts;
import dev.portolan.model.PortsTaken;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** One HAProxy on a host: its configuration file, its process, its workers. Safe for use by many threads. */
public final class Haproxy {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration SAYS_SO = Duration.ofSeconds(1);
    /** The name of its file, among those of its folder. */
    public static final String CONFIGURATION = "haproxy.cfg";

    private final HostConnection host;
    private final HaproxyProcess process;
    private final FolderFiles files;
    private final HostPorts ports;
    private final HaproxyFolder folder;
    private final RuntimeApi api;
    private final Master master;

    /**
     * @param files whose folder is HAProxy's
     */
    public Haproxy(HostConnection host, FolderFiles files, HaproxyProcess process) {
        this.host = host;
        this.process = process;
        this.files = files;
        this.ports = host.ports();
        this.folder = files.location();
        this.api = new RuntimeApi(host, folder.adminSocket());
        this.master = new Master(host, folder.masterSocket());
    }

    public HaproxyFolder folder() {
        return folder;
    }

    public boolean startsAsRoot() {
        return process.startsAsRoot();
    }

    /** Of the worker that takes requests now. */
    public RuntimeApi api() {
        return api;
    }

    /** The present worker, or empty when HAProxy does not run. */
    public Optional<Snapshot> snapshot() {
        try {
            return Optional.of(api.snapshot());
        } catch (HaproxyException.NotRunning e) {
            return Optional.empty();
        }
    }

    /** Workers that a reload has replaced and that still have requests or tunnels. */
    public List<Worker> formerWorkers() {
        return master.workers().former().stream().map(master::formerWorker).toList();
    }

    /** Writes what HAProxy will serve when it starts next. */
    public void store(String configuration) {
        Optional<String> present = stored();
        if (!present.equals(Optional.of(configuration))) {
            files.write(CONFIGURATION, configuration);
        }
    }

    /**
     * Those of these addresses and ports on which somebody else listens, so that HAProxy could not. Those on which it listens itself
     * are looked for first: a host is asked of the others only.
     */
    public List<String> taken(List<String> binds) {
        return taken(new Binds(binds), own());
    }

    private List<String> taken(Binds wanted, Optional<Binds> own) {
        List<String> taken = wanted.taken(ports, own);
        if (taken.isEmpty() || own.isPresent()) {
            return taken;
        }
        // one that is just started again has its ports a moment before it can say so
        return wanted.taken(ports, Polling.until(SAYS_SO, this::own));
    }

    /** Where it listens now; empty when it does not run. */
    private Optional<Binds> own() {
        Supplier<Optional<String>> configuration = api.alongside(this::stored);
        return snapshot().flatMap(running -> configuration.get()).map(Binds::of);
    }

    private void mustBeFree(String configuration, Optional<Binds> own) {
        List<String> taken = taken(Binds.of(configuration), own);
        if (!taken.isEmpty()) {
            throw new HaproxyException(PortsTaken.message(taken), PortsTaken.remedy(taken));
        }
    }

    private Optional<String> stored() {
        return files.read(CONFIGURATION).map(HostFiles.StoredFile::content);
    }

    /**
     * Starts HAProxy and waits until it serves.
     *
     * @throws HaproxyException also when somebody else listens on one of its ports; then nothing was changed
     */
    public void start(String configuration) {
        mustBeFree(configuration, Optional.empty());
        files.write(CONFIGURATION, configuration);
        process.start(folder);
        if (Polling.until(START_LIMIT, this::begun).isEmpty()) {
            throw new HaproxyException(
                    "HAProxy in " + folder.absolute() + " does not serve: " + process.lastWords(),
                    "see what it says, then run the command again");
        }
        api.connect();
    }

    /** As {@link #prepareReload(Optional)}, for whoever does not know the file. */
    public Reload prepareReload() {
        return prepareReload(stored());
    }

    /**
     * Asks what a reload needs to know, while other things are done.
     *
     * @param present what {@link #CONFIGURATION} is
     */
    public Reload prepareReload(Optional<String> present) {
        return new Reload(Asked.now(master::workers), present);
    }

    /** A reload that was prepared. Nothing else reloads or stores a configuration before it is done. */
    public final class Reload {
        private final Asked<Master.Workers> workers;
        private final Optional<String> present;

        private Reload(Asked<Master.Workers> workers, Optional<String> present) {
            this.workers = workers;
            this.present = present;
        }

        /**
         * Replaces the worker by one with this configuration, and waits until that one takes the requests. The one before
         * finishes what it has.
         *
         * @param running the worker that is there
         * @param configuration made from what that one has; it is marked meanwhile, see {@link Snapshot#reloading}
         * @throws HaproxyException when HAProxy does not take the configuration, or somebody else listens on one of its ports;
         *     then everything is as before
         */
        public void run(ProcessStatus running, Function<Snapshot, String> configuration) {
            String next = configuration.apply(api.snapshotBeforeReload(running));
            boolean replaced = false;
            try {
                mustBeFree(next, Optional.of(present.map(Binds::of).orElse(new Binds(List.of()))));
                replace(workers.answer(), present, next);
                replaced = true;
            } finally {
                if (!replaced) {
                    api.staysAsItIs(running);
                }
            }
            api.connect();
        }
    }

    /** Connects ahead to the one that knows of former workers: they will be asked for. */
    public void expectFormerWorkers() {
        master.dialAhead();
    }

    private void replace(Master.Workers before, Optional<String> present, String configuration) {
        files.write(CONFIGURATION, configuration);
        try {
            master.reload();
            if (Polling.until(START_LIMIT, () -> serving(before)).isEmpty()) {
                throw new HaproxyException(
                        "HAProxy in " + folder.absolute() + " did not reload within " + START_LIMIT.toSeconds() + " s",
                        "run the command again");
            }
        } catch (HaproxyException e) {
            present.ifPresent(this::store);
            mustBeFree(configuration, present.map(Binds::of)); // somebody may have come in between
            throw e;
        }
    }

    /** What {@link #store} writes, as a change that is made together with others. */
    public static HostFiles.Change storing(String configuration) {
        return new HostFiles.Change.Write(CONFIGURATION, configuration);
    }

    /** Ends HAProxy. Its files stay. */
    public void stop() {
        process.remove();
        files.remove(CONFIGURATION);
    }

    private Optional<Snapshot> serving(Master.Workers before) {
        Asked<Optional<Snapshot>> worker = Asked.now(this::begun);
        Optional<Master.Workers> now = master.answer();
        if (now.isEmpty()) {
            return Optional.empty();
        }
        if (now.get().failedReloads() > before.failedReloads()) {
            throw new HaproxyException(
                    "HAProxy refused its new configuration: " + process.lastWords(),
                    "this is a defect of Portolan; please report it with the configuration");
        }
        Set<Long> current = new HashSet<>(now.get().current());
        before.current().forEach(current::remove);
        return worker.answer().filter(found -> current.contains(found.process().process()));
    }

    /** Whoever answers on a new connection: the one that is kept leads to the worker of before. */
    private Optional<Snapshot> begun() {
        try {
            return Optional.of(new DialledWorker(new CommandSocket(host, folder.adminSocket(), "")).snapshot());
        } catch (HaproxyException.NotRunning e) {
            return Optional.empty();
        }
    }
}
