package dev.portolan.deploy;

import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What releases brought to the hosts: a release can be gone back to as long as it is kept, so its files are kept as long. */
final class FilesOfReleases {
    private final App app;

    FilesOfReleases(App app) {
        this.app = app;
    }

    /**
     * Removes what none of the kept releases needs.
     *
     * @param recent releases in full, whose hosts are asked
     */
    void keepOnly(Set<ReleaseId> kept, List<Desired> recent) {
        Set<String> needed = new HashSet<>();
        recent.forEach(release -> needed.addAll(filesOf(release)));
        List<HostId> hosts = recent.stream()
                .flatMap(release -> release.regions().stream())
                .flatMap(region -> region.hosts().stream())
                .map(Host::id)
                .distinct()
                .toList();
        Set<String> there = new HashSet<>();
        app.runner().map(hosts, this::contentsOf).forEach(there::addAll);
        if (there.isEmpty() && needed.isEmpty()) {
            return;
        }
        if (!needed.containsAll(there)) { // then it is worth a look at all the others
            for (ReleaseId id : kept) {
                app.load(Optional.of(id)).ifPresent(release -> needed.addAll(filesOf(release)));
            }
        }
        app.runner().forEach(hosts, host -> keepOnly(host, needed));
    }

    private Set<String> contentsOf(HostId host) {
        try {
            return app.fleet().on(host).trees().stored().contents();
        } catch (IOException broken) {
            throw untidy(host, broken);
        }
    }

    /** In all regions, since those on one engine share them. */
    private static Set<String> filesOf(Desired release) {
        Set<String> digests = new HashSet<>();
        release.workloads()
                .values()
                .forEach(workload ->
                        workload.files().stream().map(ReleaseFiles::digest).forEach(digests::add));
        return digests;
    }

    private void keepOnly(HostId host, Set<String> needed) {
        try {
            app.fleet().on(host).trees().keepOnly(needed);
        } catch (IOException broken) {
            throw untidy(host, broken);
        }
    }

    private static UserError untidy(HostId host, IOException cause) {
        return new UserError(
                "old files of releases on " + host + " cannot be removed: " + cause.getMessage(),
                "check its disk and the rights of Portolan's folder there",
                ExitCode.FAILED,
                cause);
    }
}
