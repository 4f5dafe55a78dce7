package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.FolderFiles;
import dev.portolan.haproxy.HaproxyException;
import dev.portolan.host.HostFiles.StoredFile;
import dev.portolan.model.ProxySettings.ProxyRoute;
import dev.portolan.model.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The files of a host's proxy, beside HAProxy's own. */
record AppStore(FolderFiles files) {
    private static final String FOLDER = "apps";
    private static final String SUFFIX = ".json";
    private static final String RELOADING = "reloading";

    /** Longer than a reload may take; a mark that is older was left by a command that died. */
    private static final Duration MARK_LIFE = Duration.ofSeconds(30);

    Optional<StoredApp> read(String app) {
        return files.read(path(app)).map(file -> StoredApp.fromJson(path(app), file.content()));
    }

    void write(StoredApp app) {
        files.write(path(app.settings().app()), app.toJson());
    }

    void remove(String app) {
        files.remove(path(app));
    }

    /** Every app of the proxy, in the order of their names. */
    List<StoredApp> all() {
        return files.list(FOLDER).stream()
                .filter(name -> name.endsWith(SUFFIX))
                .flatMap(name -> read(name.substring(0, name.length() - SUFFIX.length())).stream())
                .toList();
    }

    /**
     * Refuses settings that another app stands in the way of.
     *
     * @throws HaproxyException when both have the same host name on the same address, or a port that is not for HTTP
     */
    void mustNotCollide(StoredApp app) {
        List<StoredApp> others = all().stream()
                .filter(other -> !other.settings().app().equals(app.settings().app()))
                .toList();
        others.forEach(other -> {
            mustNotShareHost(app, other);
            mustNotSharePort(app, other);
        });
    }

    private static void mustNotShareHost(StoredApp app, StoredApp other) {
        List<String> hosts = hosts(app);
        hosts(other).stream()
                .filter(host -> hosts.contains(host)
                        && other.settings().bind().equals(app.settings().bind()))
                .findFirst()
                .ifPresent(host -> {
                    throw new HaproxyException(
                            "the proxy " + app.settings().name() + " sends requests for '" + host + "' to the app "
                                    + other.settings().app() + " already",
                            "give this app another host name under 'routes'");
                });
    }

    /** Only HTTP can share a port, since only its readers say whom they mean. */
    private static void mustNotSharePort(StoredApp app, StoredApp other) {
        List<String> binds = app.settings().binds();
        other.settings().binds().stream()
                .filter(bind -> binds.contains(bind) && !isHttp(app, bind, other))
                .findFirst()
                .ifPresent(bind -> {
                    throw new HaproxyException(
                            "the proxy " + app.settings().name() + " has the port " + bind + " for the app "
                                    + other.settings().app() + " already",
                            "give this app another port: 'tcp' under 'routes', or 'port' under 'traffic'");
                });
    }

    private static boolean isHttp(StoredApp app, String bind, StoredApp other) {
        return app.settings().bind().equals(Optional.of(bind))
                && other.settings().bind().equals(Optional.of(bind));
    }

    /** Marks that a worker is being replaced: what is changed at the old one meanwhile may be lost. */
    void markReload() {
        files.write(RELOADING, "");
    }

    void unmarkReload() {
        files.remove(RELOADING);
    }

    boolean reloading() {
        return files.read(RELOADING)
                .map(StoredFile::age)
                .filter(age -> age.compareTo(MARK_LIFE) < 0)
                .isPresent();
    }

    private static List<String> hosts(StoredApp app) {
        return Route.http(
                        app.settings().routes().stream().map(ProxyRoute::route).toList())
                .stream()
                .map(Route.Http::host)
                .toList();
    }

    private static String path(String app) {
        return FOLDER + "/" + app + SUFFIX;
    }
}
