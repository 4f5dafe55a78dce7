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

/** One HAProxy on a host: its configuration file, its process, its workers. Safe for use by many threads. */
public final class Haproxy {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration SAYS_SO = Duration.ofSeconds(1);
    private static final String CONFIGURATION = "haproxy.cfg";

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
    public Optional<RuntimeApi.Snapshot> snapshot() {
        try {
            return Optional.of(api.snapshot());
        } catch (HaproxyException.NotRunning e) {
            return Optional.empty();
        }
    }

    /** Workers that a reload has replaced and that still have requests or tunnels. */
    public List<RuntimeApi> formerWorkers() {
        return master.workers().former().stream().map(master::formerWorker).toList();
    }

    /** Writes what HAProxy will serve when it starts next. */
    public void store(String configuration) {
        Optional<String> present = stored();
        if (!present.equals(Optional.of(configuration))) {
            files.write(CONFIGURATION, configuration);
        }
    }

    /** Those of these addresses and ports on which somebody else listens, so that HAProxy could not. */
    public List<String> taken(List<String> binds) {
        Binds wanted = new Binds(binds);
        Optional<Binds> own = own();
        List<String> taken = wanted.taken(ports, own);
        if (taken.isEmpty() || own.isPresent()) {
            return taken;
        }
        // one that is just started again has its ports a moment before it can say so
        return wanted.taken(ports, Polling.until(SAYS_SO, this::own));
    }

    /** Where it listens now; empty when it does not run. */
    private Optional<Binds> own() {
        return snapshot().flatMap(running -> stored()).map(Binds::of);
    }

    private void mustBeFree(String configuration) {
        List<String> taken = taken(Binds.of(configuration).all());
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
        mustBeFree(configuration);
        store(configuration);
        process.start(folder);
        if (Polling.until(START_LIMIT, this::snapshot).isEmpty()) {
            throw new HaproxyException(
                    "HAProxy in " + folder.absolute() + " does not serve: " + process.lastWords(),
                    "see what it says, then run the command again");
        }
    }

    /**
     * Replaces the worker by one with this configuration, and waits until that one takes the requests. The one before
     * finishes what it has.
     *
     * @throws HaproxyException when HAProxy does not take the configuration, or somebody else listens on one of its ports; then
     *     everything is as before
     */
    public void reload(String configuration) {
        mustBeFree(configuration);
        Optional<String> present = stored();
        store(configuration);
        try {
            Master.Workers before = master.workers();
            master.reload();
            if (Polling.until(START_LIMIT, () -> serving(before)).isEmpty()) {
                throw new HaproxyException(
                        "HAProxy in " + folder.absolute() + " did not reload within " + START_LIMIT.toSeconds() + " s",
                        "run the command again");
            }
        } catch (HaproxyException e) {
            present.ifPresent(this::store);
            mustBeFree(configuration); // somebody may have come in between
            throw e;
        }
    }

    /** Ends HAProxy. Its files stay. */
    public void stop() {
        process.remove();
        files.remove(CONFIGURATION);
    }

    private Optional<RuntimeApi.Snapshot> serving(Master.Workers before) {
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
        return snapshot().filter(worker -> current.contains(worker.process().process()));
    }
}
