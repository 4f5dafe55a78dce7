package dev.portolan.fleet;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.host.HostFiles;
import dev.portolan.host.HostRoutes;
import dev.portolan.model.HostId;
import dev.portolan.proxy.HostProxy;
import dev.portolan.traffic.TrafficLayer;

/** The hosts of an app, and the traffic layer in front of them. */
public interface Fleet {

    /** @throws dev.portolan.model.UserError when the host does not answer */
    HostAccess on(HostId host);

    TrafficLayer traffic();

    /** What a rollout uses of one host. Closing is the business of whoever made the fleet. */
    record HostAccess(ContainerEngine engine, HostProxy proxy, HostFiles files, HostRoutes routes) {}
}
