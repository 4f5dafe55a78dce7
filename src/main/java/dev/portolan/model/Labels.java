package dev.portolan.model;

/** The labels by which Portolan knows its own containers, networks and volumes. The hosts are the truth. */
public final class Labels {
    public static final String APP = "portolan.app";
    public static final String REGION = "portolan.region";
    public static final String SERVICE = "portolan.service";
    /** The release that made the container; it may serve later ones too. */
    public static final String RELEASE = "portolan.release";
    /** 1 or more. */
    public static final String REPLICA = "portolan.replica";
    /** {@link Service#hash()}. */
    public static final String CONFIG_HASH = "portolan.config-hash";
    /** Before the name of each service that the container knows by heart; the value is that service's address. */
    public static final String NEIGHBOUR = "portolan.neighbour.";
    /** Before the name of each service whose namespaces the container shares; the value is the id of that service's container. */
    public static final String JOINED = "portolan.joined.";
    /** Before the name of each service whose volumes the container mounts; the value is the id of that service's container. */
    public static final String VOLUMES_FROM = "portolan.volumes-from.";
    /** {@code proxy}, {@code edge}, {@code run} or {@code virtual-host} for what is no replica of a service. */
    public static final String ROLE = "portolan.role";

    /** The app of a one-off container. It has no {@link #APP}, so that plans do not see it. */
    public static final String RUN_OF = "portolan.run-of";

    private Labels() {}
}
