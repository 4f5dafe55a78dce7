package dev.portolan.deploy;

import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.Labels;
import dev.portolan.model.Service;
import dev.portolan.model.UserError;
import dev.portolan.yaml.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The containers of the release that serves, found by what a person calls them. */
final class Containers {
    private final App app;
    private final Desired committed;

    Containers(App app, Desired committed) {
        this.app = app;
        this.committed = committed;
    }

    /** @throws UserError when nothing was deployed yet */
    static Containers ofCommitted(App app) {
        return new Containers(
                app,
                app.load(app.history(notice -> {}).committed())
                        .orElseThrow(() -> new UserError(
                                "nothing of " + app.name() + " is deployed yet",
                                "deploy it with: portolan deploy",
                                ExitCode.USAGE)));
    }

    /** @param wanted empty for the primary */
    String region(Optional<String> wanted) {
        String region = wanted.orElse(committed.primary());
        requireRegion(region);
        return region;
    }

    void requireRegion(String region) {
        List<String> names =
                committed.regions().stream().map(known -> known.name()).toList();
        if (!names.contains(region)) {
            throw unknown("region", region, names);
        }
    }

    Service service(String region, String name) {
        return committed
                .workload(region)
                .service(name)
                .orElseThrow(() -> unknown(
                        "service",
                        name,
                        committed.workload(region).services().stream()
                                .map(Service::name)
                                .toList()));
    }

    List<HostId> hosts(Optional<String> region) {
        return committed.regions().stream()
                .filter(candidate -> region.isEmpty() || candidate.name().equals(region.get()))
                .flatMap(candidate -> candidate.hosts().stream())
                .map(Host::id)
                .toList();
    }

    List<ContainerState> on(HostId host) {
        return app.fleet().on(host).engine().containers(Map.of(Labels.APP, app.name(), Labels.REGION, host.region()));
    }

    Desired committed() {
        return committed;
    }

    private static UserError unknown(String kind, String name, List<String> known) {
        return new UserError(
                "there is no " + kind + " " + name,
                Suggestion.nearest(name, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("the " + kind + "s are " + String.join(", ", known)),
                ExitCode.USAGE);
    }
}
