package dev.portolan.model;

import java.util.Map;

/** What is there: every host of the app, and the traffic layer. */
public record Observed(Map<HostId, HostState> hosts, TrafficState traffic) {

    public Observed {
        hosts = Map.copyOf(hosts);
    }
}
