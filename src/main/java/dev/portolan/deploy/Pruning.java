package dev.portolan.deploy;

import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Labels;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.UserError;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Forgets what no retained release needs: old rollouts, old releases, what those brought to the hosts, and the images that only they
 * name. A release is forgotten last, so that nothing of it is left behind on a host that does not answer now.
 */
final class Pruning {
    private final App app;

    Pruning(App app) {
        this.app = app;
    }

    /**
     * Does it. Only for who holds the lock.
     *
     * @param recent releases in full, whose hosts are tidied
     * @param needed those that are kept beside the retained ones
     * @param retain how many releases that served are kept
     */
    void afterRollout(List<Desired> recent, List<Desired> needed, int retain) {
        Set<ReleaseId> retained = new HashSet<>(app.journal().tidy().retained(retain));
        needed.forEach(release -> retained.add(release.release()));
        Set<ReleaseId> forgotten = new HashSet<>(app.releases().stored());
        forgotten.removeAll(retained);
        if (!forgotten.isEmpty()) {
            // an image that a container uses is kept by its engine, whatever else its release names
            forgetImages(load(forgotten), load(retained), needed, recent);
            retained.addAll(inUse(hostsOf(recent)));
        }
        new FilesOfReleases(app).keepOnly(retained, recent);
        app.releases().keepOnly(retained);
    }

    private void forgetImages(
            List<Desired> forgotten, List<Desired> retained, List<Desired> others, List<Desired> recent) {
        Set<ImageSource> needed = Stream.concat(retained.stream(), others.stream())
                .flatMap(Pruning::imagesOf)
                .collect(Collectors.toSet());
        Set<String> names = needed.stream().map(Pruning::nameOf).collect(Collectors.toSet());
        List<ImageSource> gone = forgotten.stream()
                .flatMap(Pruning::imagesOf)
                .filter(image -> !needed.contains(image) && !names.contains(nameOf(image)))
                .distinct()
                .toList();
        if (gone.isEmpty()) {
            return;
        }
        app.runner()
                .forEach(
                        hostsOf(recent),
                        host -> gone.forEach(app.fleet().on(host).engine()::forgetImage));
    }

    /** Those that made the containers which are there, running or not: a container may have been missed by a cleanup. */
    private Set<ReleaseId> inUse(List<HostId> hosts) {
        return app
                .runner()
                .map(
                        hosts,
                        host -> app.fleet()
                                .on(host)
                                .engine()
                                .containers(Map.of(Labels.APP, app.name(), Labels.REGION, host.region())))
                .stream()
                .flatMap(Collection::stream)
                .map(ContainerState::release)
                .collect(Collectors.toSet());
    }

    private static List<HostId> hostsOf(List<Desired> releases) {
        return releases.stream()
                .flatMap(release -> release.regions().stream())
                .flatMap(region -> region.hosts().stream())
                .map(Host::id)
                .distinct()
                .toList();
    }

    /** What makes it another image: two that differ in how they are fetched or built may be one and the same. */
    private static String nameOf(ImageSource image) {
        return switch (image) {
            case ImageSource.Built built -> built.reference();
            case ImageSource.Pulled pulled -> pulled.digest();
        };
    }

    private static Stream<ImageSource> imagesOf(Desired release) {
        return release.workloads().values().stream()
                .flatMap(workload -> workload.services().stream())
                .map(service -> service.container().image());
    }

    /** One that cannot be read any more names nothing. */
    private List<Desired> load(Set<ReleaseId> releases) {
        return releases.stream()
                .flatMap(id -> {
                    try {
                        return app.load(Optional.of(id)).stream();
                    } catch (UserError broken) {
                        return Stream.empty();
                    }
                })
                .toList();
    }
}
