package dev.portolan.model;

import java.util.Map;
import java.util.Optional;

/**
 * What is there: every host of the app, and the traffic layer.
 *
 * @param home the engine that builds for the hosts; empty where each has its images by itself
 */
public record Observed(Map<HostId, HostState> hosts, TrafficState traffic, Optional<Home> home) {

    public Observed {
        hosts = Map.copyOf(hosts);
    }

    public Observed(Map<HostId, HostState> hosts, TrafficState traffic) {
        this(hosts, traffic, Optional.empty());
    }

    /**
     * @param engine its identity, as hosts have one
     * @param images those that travel from it, with what they are made for, as far as that is known before they are built
     */
    public record Home(String engine, Map<ImageSource, Platform> images) {
        public Home {
            images = Map.copyOf(images);
        }
    }
}
