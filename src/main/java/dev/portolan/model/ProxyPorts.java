package dev.portolan.model;

/** Where the proxies listen. */
public final class ProxyPorts {
    private static final int PROXY_PORT = 80;

    private ProxyPorts() {}

    /** The address and port on which a host's proxy is reached by the traffic layer. */
    public static String originOf(Desired desired, Host host) {
        return switch (host.address()) {
            case HostAddress.Local() -> "127.0.0.1:" + localPort(desired, host);
            case HostAddress.Ssh(var user, var address, var port) -> address + ":" + PROXY_PORT;
        };
    }

    /** The {@code bind} line of a host's proxy. */
    public static String bindOf(Desired desired, Host host) {
        return switch (host.address()) {
            case HostAddress.Local() -> "127.0.0.1:" + localPort(desired, host);
            case HostAddress.Ssh(var user, var address, var port) -> ":" + PROXY_PORT;
        };
    }

    /** The name of a host's proxy container: the apps and regions of this machine share it, so each has its own. */
    public static String containerNameOf(String app, Host host) {
        return switch (host.address()) {
            case HostAddress.Local() ->
                "portolan-proxy-" + app + "-" + host.id().region();
            case HostAddress.Ssh(var user, var address, var port) -> "portolan-proxy";
        };
    }

    private static int localPort(Desired desired, Host host) {
        int index = desired.regions().indexOf(desired.region(host.id().region()));
        return switch (desired.traffic()) {
            case TrafficSettings.Edge(int port) -> port + 1 + index;
            case TrafficSettings.None() -> PROXY_PORT + index;
        };
    }
}
