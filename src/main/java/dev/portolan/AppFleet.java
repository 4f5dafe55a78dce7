package dev.portolan;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.fleet.Fleet;
import dev.portolan.haproxy.ContainerProcess;
import dev.portolan.haproxy.HaproxyFolder;
import dev.portolan.haproxy.HaproxyProcess;
import dev.portolan.host.HostConnection;
import dev.portolan.host.local.LocalTrees;
import dev.portolan.host.ssh.SshHost;
import dev.portolan.host.ssh.SshTrees;
import dev.portolan.host.ssh.SshUploads;
import dev.portolan.images.ImageSupply;
import dev.portolan.images.TravellingImages;
import dev.portolan.model.Host;
import dev.portolan.model.HostAddress;
import dev.portolan.model.HostId;
import dev.portolan.model.ImageSource;
import dev.portolan.model.ProxyPorts;
import dev.portolan.model.UserError;
import dev.portolan.proxy.haproxy.HaproxyHost;
import dev.portolan.traffic.TrafficLayer;
import dev.portolan.traffic.edge.Edge;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The hosts of one app. Regions on this machine share its engine, and each has a folder, a proxy and a connection of its own; a host
 * over SSH has an engine, a folder and a proxy, which all apps there share.
 */
final class AppFleet implements Fleet {
    /** Beside the folders of the regions, none of which can have this name. */
    private static final String FILES = "_files";

    /** Likewise; not among the files of which images are made. */
    private static final String TRANSIT = "_transit";

    /** For what is done to a container that is there, whatever it was made from. */
    private static final ImageSource ANY_IMAGE = new ImageSource.Pulled("", "");

    private final AppParts parts;
    private final String app;
    private final ProxyImages images;
    private final Map<HostId, Place> places = new ConcurrentHashMap<>();
    private Optional<TrafficLayer> traffic = Optional.empty();
    private Optional<TravellingImages> travelling = Optional.empty();
    private Optional<ContainerEngine> home = Optional.empty();

    AppFleet(AppParts parts, String app, ProxyImages images) {
        this.parts = parts;
        this.app = app;
        this.images = images;
    }

    @Override
    public void know(Collection<Host> hosts) {
        hosts.forEach(host -> places.putIfAbsent(host.id(), new Place(host)));
    }

    @Override
    public HostAccess on(HostId id) {
        Place place = places.get(id);
        if (place == null) {
            throw new IllegalArgumentException("nobody has said how " + id + " is reached");
        }
        return place.access();
    }

    @Override
    public synchronized TrafficLayer traffic() {
        if (traffic.isEmpty()) {
            traffic = Optional.of(new Edge(
                    parts.connect(parts.state()),
                    new ProxyContainer(
                            parts::engine,
                            "portolan-edge-" + app,
                            "edge",
                            () -> images.on(parts.engine(), Optional.empty(), ImageSupply.of(parts.engine()))),
                    app));
        }
        return traffic.get();
    }

    /** This machine's engine or, where it has none, that of the first host. */
    @Override
    public synchronized Optional<ContainerEngine> home() {
        if (home.isEmpty()) {
            home = places.values().stream()
                    .filter(Place::isOverSsh)
                    .min(Comparator.comparing(Place::id))
                    .map(first -> answers(parts.engine())
                            ? parts.engine()
                            : first.access().engine());
        }
        return home;
    }

    private static boolean answers(ContainerEngine engine) {
        try {
            engine.info();
            return true;
        } catch (UserError none) {
            return false;
        }
    }

    private synchronized TravellingImages travelling() {
        if (travelling.isEmpty()) {
            travelling = Optional.of(
                    new TravellingImages(home().orElseThrow(), parts.state().resolve(TRANSIT)));
        }
        return travelling.get();
    }

    void close() {
        travelling.ifPresent(TravellingImages::close);
        places.values().forEach(Place::close);
    }

    /** A host, reached when it is first needed. Those who ask for the same one wait for each other, and for no other host. */
    private final class Place {
        private final Host host;
        private Optional<HostAccess> access = Optional.empty();

        Place(Host host) {
            this.host = host;
        }

        synchronized HostAccess access() {
            if (access.isEmpty()) {
                access = Optional.of(
                        switch (host.address()) {
                            case HostAddress.Local() -> local();
                            case HostAddress.Ssh ssh -> overSsh(ssh);
                        });
            }
            return access.get();
        }

        private HostAccess local() {
            var folder = parts.state().resolve(app);
            String region = host.id().region();
            HostConnection connection = parts.connect(folder.resolve(region));
            return new HostAccess(
                    parts.engine(),
                    proxy(connection, parts.engine(), ImageSupply.of(parts.engine())),
                    connection.files(),
                    connection.routes(),
                    new LocalTrees(folder.resolve(FILES), folder.resolve(region).resolve("apps/" + app + "/data")));
        }

        private HostAccess overSsh(HostAddress.Ssh address) {
            SshHost connection = parts.connect(address);
            ContainerEngine engine = parts.engineOf(connection);
            String root = connection.files().root();
            ImageSupply supply = (image, materials, progress) -> travelling()
                    .to(host.id().toString(), engine, Optional.of(SshUploads.on(connection, root + "/uploads")))
                    .provide(image, materials, progress);
            return new HostAccess(
                    engine,
                    proxy(connection, engine, supply),
                    connection.files(),
                    connection.routes(),
                    SshTrees.on(connection, root + "/files/" + app, root + "/apps/" + app + "/data"),
                    supply);
        }

        private HaproxyHost proxy(HostConnection to, ContainerEngine own, ImageSupply supply) {
            String name = ProxyPorts.containerNameOf(app, host);
            return new HaproxyHost(
                    to, new ProxyContainer(() -> own, name, "proxy", () -> images.on(own, home(), supply)), app);
        }

        boolean isOverSsh() {
            return host.address() instanceof HostAddress.Ssh;
        }

        HostId id() {
            return host.id();
        }

        synchronized void close() {
            if (isOverSsh()) {
                access.ifPresent(open -> open.engine().close());
            }
        }
    }

    /** A HAProxy in a container whose image is seen to when it starts. */
    private static final class ProxyContainer implements HaproxyProcess {
        private final Supplier<ContainerEngine> engine;
        private final String name;
        private final String role;
        private final Supplier<ImageSource> image;

        ProxyContainer(Supplier<ContainerEngine> engine, String name, String role, Supplier<ImageSource> image) {
            this.engine = engine;
            this.name = name;
            this.role = role;
            this.image = image;
        }

        @Override
        public void start(HaproxyFolder folder) {
            container(image.get()).start(folder);
        }

        @Override
        public void remove() {
            container(ANY_IMAGE).remove();
        }

        @Override
        public String lastWords() {
            return container(ANY_IMAGE).lastWords();
        }

        @Override
        public boolean startsAsRoot() {
            return true; // as every container of ours does
        }

        private ContainerProcess container(ImageSource image) {
            return new ContainerProcess(engine.get(), name, role, image);
        }
    }
}
