package dev.portolan.model;

import java.util.List;

/**
 * The regions of an app as the traffic layer sees them.
 *
 * @param primary to which traffic falls back
 * @param pools in the order of the configuration
 */
public record Pools(String app, TrafficSettings settings, String primary, List<Route> routes, List<Pool> pools) {

    /**
     * @param origins {@code address:port} of each host's proxy
     */
    public record Pool(String region, Place place, List<String> origins) {}

    /** What {@link TrafficState#settingsHash()} is once these pools are set up. */
    public String hash() {
        return Fingerprint.of(toString());
    }

    public static Pools of(Desired desired) {
        List<Pool> pools = desired.regions().stream()
                .map(region -> new Pool(
                        region.name(),
                        region.place(),
                        region.hosts().stream()
                                .map(host -> ProxyPorts.originOf(desired, host))
                                .toList()))
                .toList();
        return new Pools(desired.app(), desired.traffic(), desired.primary(), desired.routes(), pools);
    }
}
