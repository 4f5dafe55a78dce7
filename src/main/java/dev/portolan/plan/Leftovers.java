package dev.portolan.plan;

import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.HostId;
import dev.portolan.model.Service;
import java.util.List;
import java.util.Optional;

/** Sorts containers by whom they serve: the desired release, or an earlier one that is still the way back. */
final class Leftovers {

    enum Kind {
        /** Of the desired release itself: no leftover at all. */
        WANTED,
        /** Of the committed release, which is the way back. */
        COMMITTED,
        /** Of the release before, which runs on for a while, also when a rollout of a newer one fails. */
        KEPT,
        /** Of the release before, whose while is over. */
        EXPIRED,
        /** Of no release that matters. */
        ORPHANED
    }

    private Leftovers() {}

    static Kind kindOf(ContainerState container, HostId host, Request request) {
        if (belongs(container, host, Optional.of(request.desired()))) {
            return Kind.WANTED;
        }
        if (!sameRelease(request) && belongs(container, host, request.committed())) {
            return Kind.COMMITTED;
        }
        if (belongs(container, host, request.kept())) {
            if (request.now().isBefore(request.keptUntil())) {
                return Kind.KEPT;
            }
            return sameRelease(request) ? Kind.EXPIRED : Kind.ORPHANED;
        }
        return Kind.ORPHANED;
    }

    /** Whether the hosts are to stay on the release that they serve. */
    static boolean sameRelease(Request request) {
        return request.committed()
                .map(Desired::release)
                .equals(Optional.of(request.desired().release()));
    }

    private static boolean belongs(ContainerState container, HostId host, Optional<Desired> release) {
        return release.filter(desired -> desired.workloads().containsKey(host.region()))
                .flatMap(desired -> desired.workload(host).service(container.service()))
                .filter(service -> isReplicaOf(container, service))
                .isPresent();
    }

    static boolean isReplicaOf(ContainerState container, Service service) {
        return container.service().equals(service.name())
                && container.configHash().equals(service.hash())
                && container.replica() <= Math.max(1, service.replicas());
    }

    static List<ContainerState> of(Kind kind, List<ContainerState> containers, HostId host, Request request) {
        return containers.stream()
                .filter(container -> kindOf(container, host, request) == kind)
                .toList();
    }
}
