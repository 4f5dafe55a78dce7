package dev.portolan.model;

/** Where the proxies listen. */
public final class ProxyPorts {
    /** Where the proxy of a host of its own takes HTTP requests. */
    public static final int PROXY_PORT = 80;

    private static final String LOOPBACK = "127.0.0.1:";

    private ProxyPorts() {}

    /** The address and port on which a host's proxy takes HTTP requests, and the traffic layer's questions. */
    public static String originOf(Desired desired, Host host) {
        return switch (host.address()) {
            case HostAddress.Local() -> LOOPBACK + localPort(desired, host, firstPort(desired.traffic()));
            case HostAddress.Ssh ssh -> ssh.at(PROXY_PORT);
        };
    }

    /** The address and port on which a host's proxy takes the connections of a route. */
    public static String originOf(Desired desired, Host host, Route.Tcp route) {
        return switch (host.address()) {
            case HostAddress.Local() -> LOOPBACK + localPort(desired, host, route.listen());
            case HostAddress.Ssh ssh -> ssh.at(route.listen());
        };
    }

    /** The {@code bind} line of {@link #originOf(Desired, Host)}. */
    public static String bindOf(Desired desired, Host host) {
        return bind(host, originOf(desired, host));
    }

    /** The {@code bind} line of {@link #originOf(Desired, Host, Route.Tcp)}. */
    public static String bindOf(Desired desired, Host host, Route.Tcp route) {
        return bind(host, originOf(desired, host, route));
    }

    /** The name of a host's proxy container: the apps and regions of this machine share it, so each has its own. */
    public static String containerNameOf(String app, Host host) {
        return switch (host.address()) {
            case HostAddress.Local() ->
                "portolan-proxy-" + app + "-" + host.id().region();
            case HostAddress.Ssh ssh -> "portolan-proxy";
        };
    }

    /** After which, or from which on, the regions of this machine have their ports for HTTP. */
    private static int firstPort(TrafficSettings traffic) {
        return switch (traffic) {
            case TrafficSettings.Edge(int port) -> port;
            case TrafficSettings.None() -> PROXY_PORT;
        };
    }

    /** A host of its own listens on all its addresses. */
    private static String bind(Host host, String origin) {
        return switch (host.address()) {
            case HostAddress.Local() -> origin;
            case HostAddress.Ssh ssh -> origin.substring(origin.lastIndexOf(':'));
        };
    }

    /** The regions of this machine share it, so each has ports of its own, after those of the edge. */
    private static int localPort(Desired desired, Host host, int first) {
        int index = desired.regions().indexOf(desired.region(host.id().region()));
        return switch (desired.traffic()) {
            case TrafficSettings.Edge(int port) -> first + 1 + index;
            case TrafficSettings.None() -> first + index;
        };
    }
}
