package dev.portolan.plan;

import dev.portolan.model.DataFolder;
import dev.portolan.model.Hook;
import dev.portolan.model.HostId;
import dev.portolan.model.ImageSource;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Pools;
import dev.portolan.model.ProxyServer;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.ReleaseCommand;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.Service;
import dev.portolan.model.VolumeSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One action, as data. Executing a step (rollout) and rendering one ({@link StepText}) are two switches over this type.
 * Every step may be done again after it was cut off in the middle.
 */
public sealed interface Step {

    /** The traffic layer runs with these pools. */
    record PrepareTraffic(Pools pools) implements Step {}

    /** The traffic layer no longer knows the app. */
    record RemoveTraffic() implements Step {}

    /**
     * No new readers for the region; those it has are served, up to {@code limit}.
     *
     * @param alone what is done when no other region serves them, also after a while of waiting
     */
    record DrainRegion(String region, Duration limit, WhenAlone alone) implements Step {}

    /** What becomes of the readers of a region that is to be drained when no other one serves. */
    enum WhenAlone {
        /** The step fails: nothing has happened to the region yet. */
        FAIL,
        /** They stay, since here at least some of them may be served. */
        STAY,
        /** The region is drained all the same: a person wants it so. */
        LEAVE
    }

    record UndrainRegion(String region) implements Step {}

    /** An action on one host. */
    sealed interface OnHost extends Step {
        HostId host();
    }

    /** The image is fetched or built. */
    record PrepareImage(HostId host, ImageSource image) implements OnHost {}

    /**
     * @param subnet empty where its addresses are not the plan's to choose
     * @param dynamicRange the part of the subnet from which the engine may choose addresses by itself
     */
    record CreateNetwork(HostId host, NetworkSpec network, String subnet, String dynamicRange) implements OnHost {}

    record CreateVolume(HostId host, VolumeSpec volume) implements OnHost {}

    /** Files of the project that travel with the release are on the host, complete. */
    record BringFiles(HostId host, List<ReleaseFiles> files) implements OnHost {}

    /** A folder of the project that an app may write to is on the host; what it holds there is never changed. */
    record MakeFolder(HostId host, DataFolder folder) implements OnHost {}

    /** The proxy runs with these settings; what is in service stays so. */
    record PrepareProxy(HostId host, ProxySettings settings) implements OnHost {}

    /**
     * Containers that do not exist are made; all are started.
     *
     * @param limit for each hook that is run after a start
     */
    record Start(HostId host, List<Replica> replicas, Duration limit) implements OnHost {}

    /**
     * A command runs to its end in a container of its own, which is made as the service's are; it must exit with 0.
     *
     * @param goesOn whether what an earlier command line has begun for the same release counts
     */
    record RunReleaseCommand(HostId host, Service service, ReleaseCommand command, boolean goesOn) implements OnHost {}

    /** Containers run to their end; each must exit with 0. */
    record RunJobs(HostId host, List<Replica> replicas, Duration limit) implements OnHost {}

    /** Each container is healthy, or has run for its service's settle time when it has no health check. */
    record AwaitHealthy(HostId host, List<Replica> replicas, Duration limit) implements OnHost {}

    /**
     * New requests of all routes to a service go to exactly these containers; the others drain.
     *
     * @param ports of the containers, to which the routes lead
     */
    record CutOver(HostId host, String service, List<Integer> ports, List<Replica> replicas, Duration limit)
            implements OnHost {

        public CutOver {
            ports = List.copyOf(ports);
            replicas = List.copyOf(replicas);
        }
    }

    /** Requests in flight finish, up to {@code limit}; then the containers are out of the service's routes. */
    record Drain(HostId host, String service, List<ProxyServer> servers, Duration limit) implements OnHost {}

    /**
     * The containers end, and are kept.
     *
     * @param grace for their ends, and for each hook that is run before
     * @param hooks those of each container that has some, by its name
     */
    record Stop(HostId host, List<String> containers, Duration grace, Map<String, List<Hook>> hooks)
            implements OnHost {}

    record Remove(HostId host, List<String> containers) implements OnHost {}

    /** The proxy no longer knows the app. */
    record RemoveProxy(HostId host) implements OnHost {}

    record RemoveNetwork(HostId host, String network) implements OnHost {}

    /**
     * From here on the host serves this release after a power cut.
     *
     * @param policies what the engine does when a container ends, by container name: the release's own for its containers,
     *     never for those of earlier ones
     * @param serving what the proxy must have in service when it is told to keep it: a proxy that was restarted since its
     *     cut-over has what was committed before
     * @param names that containers get, one after the other; until then all have those by which they are known here
     */
    record Commit(
            HostId host,
            ReleaseId release,
            Map<String, RestartPolicy> policies,
            List<CutOver> serving,
            List<Renaming> names)
            implements OnHost {

        /**
         * The same when some containers are called otherwise already.
         *
         * @param newNames by the old ones
         * @param left those that are still to be renamed
         */
        public Commit calledNow(Map<String, String> newNames, List<Renaming> left) {
            Map<String, RestartPolicy> renamed = new HashMap<>();
            policies.forEach((name, policy) -> renamed.put(newNames.getOrDefault(name, name), policy));
            return new Commit(
                    host,
                    release,
                    renamed,
                    serving.stream()
                            .map(cutOver -> new CutOver(
                                    cutOver.host(),
                                    cutOver.service(),
                                    cutOver.ports(),
                                    cutOver.replicas().stream()
                                            .map(replica -> replica.called(
                                                    newNames.getOrDefault(replica.container(), replica.container())))
                                            .toList(),
                                    cutOver.limit()))
                            .toList(),
                    left);
        }
    }
}
