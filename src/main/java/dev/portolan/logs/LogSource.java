package dev.portolan.logs;

import dev.portolan.model.HostId;

/**
 * A container whose output is read.
 *
 * @param container its name
 * @param replica 1 or more
 */
public record LogSource(HostId host, String service, int replica, String container) {

    /** Short, for the start of a line, such as {@code dublin/web-1}; the host's name too where a region has several. */
    public String label() {
        String host = this.host.name().equals("local") ? this.host.region() : this.host.toString();
        return host + "/" + service + "-" + replica;
    }
}
