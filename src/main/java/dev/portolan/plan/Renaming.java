package dev.portolan.plan;

import dev.portolan.model.ContainerState;

/**
 * A container gets another name.
 *
 * @param service of which it is a replica, as are the next two: a name alone may be another container's by the time it is used
 * @param hash of what it was made from
 * @param replica 1 or more
 */
public record Renaming(String from, String to, String service, String hash, int replica) {

    /** Whether this is the container that is meant, whatever it is called. */
    public boolean means(ContainerState container) {
        return container.service().equals(service)
                && container.configHash().equals(hash)
                && container.replica() == replica;
    }
}
