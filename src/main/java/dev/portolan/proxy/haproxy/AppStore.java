package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.FolderFiles;
import dev.portolan.haproxy.Haproxy;
import dev.portolan.haproxy.HaproxyException;
import dev.portolan.host.HostFiles.Change;
import dev.portolan.host.HostFiles.StoredFile;
import dev.portolan.model.ProxySettings.ProxyRoute;
import dev.portolan.model.Route;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a host's proxy, beside HAProxy's own.
 *
 * @param files of HAProxy's folder
 */
record AppStore(FolderFiles files) {
    private static final String FOLDER = "apps/";
    private static final String SUFFIX = ".json";

    static Change writing(StoredApp app) {
        return new Change.Write(path(app.settings().app()), app.toJson());
    }

    static Change removing(String app) {
        return new Change.Remove(path(app));
    }

    Stored read() {
        return change(List.of());
    }

    /** Makes changes in order and says what is there then, all in one round trip. */
    Stored change(List<Change> changes) {
        return new Stored(files.exchange(changes, List.of(FOLDER, Haproxy.CONFIGURATION)));
    }

    /** What was there at one moment, by the names of the files. */
    record Stored(Map<String, StoredFile> files) {

        Stored {
            files = Map.copyOf(files);
        }

        Optional<StoredApp> of(String app) {
            return Optional.ofNullable(files.get(path(app))).map(file -> StoredApp.fromJson(path(app), file.content()));
        }

        /** Every app of the proxy, in the order of their names. */
        List<StoredApp> all() {
            return files.keySet().stream()
                    .filter(name -> name.startsWith(FOLDER) && name.endsWith(SUFFIX))
                    .sorted()
                    .map(name -> name.substring(FOLDER.length(), name.length() - SUFFIX.length()))
                    .flatMap(app -> of(app).stream())
                    .toList();
        }

        /** As it will be once an app is written. */
        Stored with(StoredApp app) {
            Map<String, StoredFile> next = new HashMap<>(files);
            next.put(path(app.settings().app()), new StoredFile(app.toJson(), Duration.ZERO));
            return new Stored(next);
        }

        /** With what HAProxy starts next. */
        Optional<String> configuration() {
            return Optional.ofNullable(files.get(Haproxy.CONFIGURATION)).map(StoredFile::content);
        }

        /**
         * Refuses settings that another app stands in the way of.
         *
         * @throws HaproxyException when both have the same host name on the same address, or a port that is not for HTTP
         */
        void mustNotCollide(StoredApp app) {
            List<StoredApp> others = all().stream()
                    .filter(other ->
                            !other.settings().app().equals(app.settings().app()))
                    .toList();
            others.forEach(other -> {
                mustNotShareHost(app, other);
                mustNotSharePort(app, other);
            });
        }
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

    private static List<String> hosts(StoredApp app) {
        return Route.http(
                        app.settings().routes().stream().map(ProxyRoute::route).toList())
                .stream()
                .map(Route.Http::host)
                .toList();
    }

    private static String path(String app) {
        return FOLDER + app + SUFFIX;
    }
}
