package dev.portolan.demo.hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * A host of a fleet on one machine.
 *
 * @param fleet that it belongs to
 * @param name such as {@code dublin-1}: its host name, and what the fleet's OpenSSH configuration calls it
 * @param region where it stands
 * @param address IPv4; that of all hosts of a region begins with the same three numbers
 */
public record VirtualHost(String fleet, String name, String region, String address) {
    private static final int FIRST_NUMBER = 10;

    /** What the outer engine calls its container, and the volume of its own engine. */
    public String container() {
        return HostNetwork.name(fleet) + "-" + name;
    }

    /**
     * Names and addresses for the hosts of a fleet.
     *
     * @param regions how many hosts each has
     * @param subnet the first two numbers of all addresses, such as {@code 10.221}
     */
    static List<VirtualHost> of(String fleet, SortedMap<String, Integer> regions, String subnet) {
        List<VirtualHost> hosts = new ArrayList<>();
        int network = 0;
        for (var region : regions.entrySet()) {
            network++;
            for (int number = 1; number <= region.getValue(); number++) {
                hosts.add(new VirtualHost(
                        fleet,
                        region.getKey() + "-" + number,
                        region.getKey(),
                        subnet + "." + network + "." + (FIRST_NUMBER + number - 1)));
            }
        }
        return List.copyOf(hosts);
    }
}
