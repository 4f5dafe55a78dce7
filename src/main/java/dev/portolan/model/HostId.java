package dev.portolan.model;

/**
 * Names a host: its region and its name there, which is unique in the region.
 *
 * @param region the region's name
 * @param name {@code local} for this machine's engine, otherwise the address
 */
public record HostId(String region, String name) implements Comparable<HostId> {

    @Override
    public int compareTo(HostId other) {
        int byRegion = region.compareTo(other.region);
        return byRegion != 0 ? byRegion : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return region + "/" + name;
    }
}
