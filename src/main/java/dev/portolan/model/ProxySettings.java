package dev.portolan.model;

import java.util.List;

/**
 * What the proxy of a host must be set up for, for one app. Which containers are in service is not part of it: that
 * changes by cut-over.
 *
 * @param name of the proxy's container
 * @param bind address and port on which it listens, such as {@code 127.0.0.1:8081} or {@code :80}
 * @param routes of the app, each with its number of slots
 */
public record ProxySettings(String app, String region, String name, String bind, List<ProxyRoute> routes) {

    /** What {@link ProxyState#settingsHash()} is once the proxy is set up like this. */
    public String hash() {
        return Fingerprint.of(toString());
    }

    /**
     * @param slots how many servers the route can hold: twice the replicas, so that the old and the new fit
     */
    public record ProxyRoute(Route route, int slots) {}
}
