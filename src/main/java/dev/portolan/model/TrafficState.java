package dev.portolan.model;

import java.util.Map;

/**
 * What the traffic layer does now.
 *
 * @param running whether it answers
 * @param settingsHash of the pools it was set up with; empty when there are none
 * @param pools by region name
 */
public record TrafficState(boolean running, String settingsHash, Map<String, PoolState> pools) {

    public static final TrafficState ABSENT = new TrafficState(false, "", Map.of());

    public enum PoolState {
        UP,
        DRAINED,
        DOWN
    }
}
