package dev.portolan.plan;

import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostAddress;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Observed;
import dev.portolan.model.UserError;
import dev.portolan.model.VolumeSpec;
import dev.portolan.model.Workload;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Networks and volumes that the Compose file calls {@code external}: somebody else makes them, and they must be there. */
public final class Externals {
    /** Docker Compose takes a network's id in place of its name; only the engine can say whether that is one of its own. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private Externals() {}

    /**
     * What a host lacks.
     *
     * @param kind {@code network} or {@code volume}, the engine's word for it
     * @param host one of those that share the engine: what one makes, all have
     * @param command that makes it
     */
    public record Missing(String kind, String name, HostId host, String command) {

        @Override
        public String toString() {
            return "the " + kind + " " + name + " on " + host;
        }
    }

    /** What hosts that answer lack, once for hosts that share an engine, in the order of the configuration. */
    public static List<Missing> missing(Desired desired, Observed observed) {
        Set<Missing> missing = new LinkedHashSet<>();
        Set<String> said = new HashSet<>();
        desired.regions()
                .forEach(region -> region.hosts().forEach(host -> {
                    if (observed.hosts().get(host.id()) instanceof HostState.Reachable state) {
                        of(desired.workload(host.id()), host, state)
                                .filter(thing -> said.add(state.engine() + " " + thing.kind() + " " + thing.name()))
                                .forEach(missing::add);
                    }
                }));
        return List.copyOf(missing);
    }

    private static Stream<Missing> of(Workload workload, Host host, HostState.Reachable state) {
        Stream<Missing> networks = workload.networks().stream()
                .filter(NetworkSpec::external)
                .map(NetworkSpec::name)
                .filter(name ->
                        !state.networks().containsKey(name) && !ID.matcher(name).matches())
                .map(name -> missing("network", name, host));
        Stream<Missing> volumes = workload.volumes().stream()
                .filter(VolumeSpec::external)
                .map(VolumeSpec::name)
                .filter(name -> !state.volumes().contains(name))
                .map(name -> missing("volume", name, host));
        return Stream.concat(networks, volumes);
    }

    private static Missing missing(String kind, String name, Host host) {
        return new Missing(kind, name, host.id(), on(host.address()) + "docker " + kind + " create " + name);
    }

    private static String on(HostAddress address) {
        return switch (address) {
            case HostAddress.Local() -> "";
            case HostAddress.Ssh ssh -> ssh.commandLine() + " ";
        };
    }

    /** @throws UserError naming everything that any host lacks */
    static void require(Desired desired, Observed observed) {
        List<Missing> missing = missing(desired, observed);
        if (!missing.isEmpty()) {
            throw new UserError(
                    "the Compose file says that these are made by somebody else (external: true), and they are not"
                            + " there: "
                            + missing.stream().map(Missing::toString).collect(Collectors.joining(", ")),
                    "nothing was changed; make them with: "
                            + missing.stream().map(Missing::command).collect(Collectors.joining(" && ")));
        }
    }
}
