package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.LocalProcess;
import dev.portolan.haproxy.Origin;
import dev.portolan.host.local.LocalHost;
import dev.portolan.load.Load;
import dev.portolan.load.Rate;
import dev.portolan.load.Reader;
import dev.portolan.load.ReaderKind;
import dev.portolan.model.ProxyServer;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.ProxySettings.ProxyRoute;
import dev.portolan.model.Route;
import dev.portolan.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A real proxy on this machine, with origins behind it and readers before it. */
final class ProxyBench implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(20);

    final LocalProcess process;
    final LocalHost host;
    final HaproxyHost proxy;
    final int port;
    final Map<String, Integer> posts = new ConcurrentHashMap<>();
    private final Path root;
    private final List<Origin> origins = new ArrayList<>();

    ProxyBench() throws IOException {
        root = Files.createTempDirectory(Path.of("/tmp"), "portolan-proxy-it");
        process = new LocalProcess(root.resolve("output"));
        host = new LocalHost(root, "/var/run/docker.sock");
        proxy = app("shop");
        port = FreePort.choose();
    }

    HaproxyHost app(String name) {
        return new HaproxyHost(host, process, name);
    }

    ProxySettings settings(String app, String hostName, Optional<String> sticky, int slots) {
        return settings(app, hostName, "/health", sticky, slots);
    }

    ProxySettings settings(String app, String hostName, String health, Optional<String> sticky, int slots) {
        Route.Http route = new Route.Http(hostName, "web", Origin.PORT, health, sticky);
        return new ProxySettings(
                app,
                "dublin",
                "portolan-proxy",
                Optional.of("127.0.0.1:" + port),
                List.of(new ProxyRoute.Http(route, slots)));
    }

    Origin origin(String release) throws IOException {
        Origin origin = new Origin(release, posts);
        origins.add(origin);
        return origin;
    }

    static List<ProxyServer> servers(Origin... origins) {
        return Arrays.stream(origins)
                .map(origin -> new ProxyServer("container-" + origin.host(), origin.host(), Origin.PORT))
                .toList();
    }

    void cutOver(Origin... to) {
        proxy.cutOver("web", servers(to), DEADLINE);
    }

    URI page(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    Load readers() {
        return Load.start(List.of(
                Reader.of("here", ReaderKind.KEEP_ALIVE, page("/"), Rate.perSecond(300)),
                Reader.of("here", ReaderKind.NEW_CONNECTION, page("/"), Rate.perSecond(60)),
                Reader.of("here", ReaderKind.POST, page("/"), Rate.perSecond(60)),
                Reader.of("here", ReaderKind.SLOW, page("/slow"), Rate.perSecond(10)),
                Reader.of(
                        "here",
                        ReaderKind.WEB_SOCKET,
                        URI.create("ws://127.0.0.1:" + port + "/echo"),
                        Rate.perSecond(20))));
    }

    @Override
    public void close() throws IOException {
        process.close();
        for (Origin origin : origins) {
            origin.close();
        }
        host.close();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
