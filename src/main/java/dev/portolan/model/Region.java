package dev.portolan.model;

import java.util.List;

/**
 * A place in the world that can fail or be slow as a whole.
 *
 * @param name unique in the app; lower-case letters, digits and hyphens
 * @param place where it is, for steering readers to the nearest
 * @param hosts its machines, at least one, in the order of the configuration
 */
public record Region(String name, Place place, List<Host> hosts) {

    public Region {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("region " + name + " has no host");
        }
    }
}
