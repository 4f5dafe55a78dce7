package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.Healthcheck;
import dev.portolan.compose.ServiceNetwork;
import dev.portolan.compose.ServicePort;
import dev.portolan.compose.ServiceVolume;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.ContainerSpec.PublishedPort;
import dev.portolan.model.HealthTest;
import dev.portolan.model.ImageSource;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a Compose service's containers are, in the engine's words. Portolan's own defaults are here. */
final class ContainerMapper {
    /** Compose's default. */
    static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private static final String LOCAL_LOGS = "local"; // rotates by itself: 5 files of 20 MB
    private static final Map<String, String> JSON_FILE_LIMITS = Map.of("max-size", "20m", "max-file", "5");

    private final ComposeProject project;
    private final Path folder;
    private final FileContents files;
    private final Binds binds;
    private final RegionSecrets secrets;
    private final Problems problems;

    /** @param folder that relative paths begin at */
    ContainerMapper(
            ComposeProject project,
            Path folder,
            FileContents files,
            Binds binds,
            RegionSecrets secrets,
            Problems problems) {
        this.project = project;
        this.folder = folder;
        this.files = files;
        this.binds = binds;
        this.secrets = secrets;
        this.problems = problems;
    }

    ContainerSpec container(ComposeService service, ImageSource image, List<Route> routes, boolean job) {
        var process = service.process();
        var resources = service.resources();
        var networking = service.networking();
        return new ContainerSpec(
                image,
                new ContainerSpec.ProcessSpec(
                        process.command(),
                        process.entrypoint(),
                        process.environment(),
                        process.user(),
                        process.workingDir(),
                        process.stopSignal(),
                        process.stopGracePeriod().orElse(STOP_GRACE),
                        process.init(),
                        process.tty(),
                        process.stdinOpen(),
                        false,
                        process.unset(),
                        service.hooks(),
                        secrets.in(process.environment().values())),
                service.healthcheck().map(ContainerMapper::healthTest),
                new ContainerSpec.Networking(
                        attachments(service),
                        networking.networkMode(),
                        ports(service, routes),
                        networking.expose().stream().distinct().toList(),
                        networking.hostname(),
                        networking.extraHosts(),
                        networking.dns(),
                        List.of(),
                        networking.naming()),
                new ContainerSpec.Storage(
                        Stream.concat(
                                        service.storage().volumes().stream().map(volume -> mount(service, volume)),
                                        files.folders(project, service, binds).stream())
                                .toList(),
                        files.files(project, service),
                        tmpfs(service),
                        service.storage().readOnly(),
                        volumesFrom(service)),
                new ContainerSpec.Resources(
                        resources.memoryBytes(),
                        resources.memoryReservationBytes(),
                        resources.nanoCpus(),
                        resources.pids(),
                        resources.shmBytes(),
                        ulimits(resources.ulimits()),
                        resources.sysctls(),
                        resources.processors(),
                        resources.pressure(),
                        resources.blockDevices(),
                        resources.cgroupParent()),
                new SecurityMapper(folder, problems).security(service),
                service.labels(),
                restart(service, job),
                logging(service),
                service.engine());
    }

    private static HealthTest healthTest(Healthcheck check) {
        return new HealthTest(
                check.test(),
                check.interval().orElse(Duration.ZERO),
                check.timeout().orElse(Duration.ZERO),
                Math.toIntExact(check.retries().orElse(0)),
                check.startPeriod().orElse(Duration.ZERO),
                check.startInterval());
    }

    /**
     * In the order of Docker Compose: the one with the highest priority first, then by name. The container's Compose name is an alias,
     * since its real one is Portolan's.
     */
    private List<NetworkAttachment> attachments(ComposeService service) {
        List<Map.Entry<String, ServiceNetwork>> networks =
                new ArrayList<>(service.networking().networks().entrySet());
        networks.sort(Comparator.comparingLong((Map.Entry<String, ServiceNetwork> network) ->
                        -network.getValue().priority())
                .thenComparing(Map.Entry::getKey));
        EndpointMapper.checkReplicas(service, problems);
        List<NetworkAttachment> attachments = new ArrayList<>();
        for (Map.Entry<String, ServiceNetwork> network : networks) {
            Set<String> aliases = new LinkedHashSet<>(List.of(service.name()));
            aliases.addAll(network.getValue().aliases());
            service.containerName().ifPresent(aliases::add);
            aliases.addAll(linkedAs(service.name()));
            attachments.add(new NetworkAttachment(
                    networkName(network.getKey()),
                    List.copyOf(aliases),
                    attachments.isEmpty()
                            ? EndpointMapper.first(service, network.getValue(), problems)
                            : network.getValue().endpoint()));
        }
        return attachments;
    }

    /** A link gives a service one more name. Docker Compose tells it to the one that links; here all on its networks know it. */
    private List<String> linkedAs(String name) {
        return project.services().values().stream()
                .flatMap(other -> other.networking().links().stream())
                .map(link -> link.split(":", -1))
                .filter(link -> link.length == 2 && link[0].equals(name))
                .map(link -> link[1])
                .distinct()
                .toList();
    }

    private String networkName(String key) {
        return Optional.ofNullable(project.networks().get(key))
                .map(network -> network.engineName(project.name()))
                .orElse(project.name() + "_" + key);
    }

    /** Without the ports that have a route: readers reach those through the proxy. */
    List<PublishedPort> ports(ComposeService service, List<Route> routes) {
        List<PublishedPort> ports = new ArrayList<>();
        for (ServicePort port : service.networking().ports()) {
            if (PortChecks.routed(routes, service, port)) {
                continue;
            }
            String[] choice = port.published().split("-", 2);
            int first = choice[0].isEmpty() ? 0 : Integer.parseInt(choice[0]);
            Optional<Integer> last = choice.length < 2
                    ? Optional.empty()
                    : Optional.of(Integer.parseInt(choice[1])).filter(number -> number != first);
            ports.add(new PublishedPort(port.hostIp(), first, port.target(), port.protocol(), last));
        }
        return ports;
    }

    private Mount mount(ComposeService service, ServiceVolume volume) {
        return switch (volume.type()) {
            case BIND -> binds.mount(service, volume);
            case VOLUME ->
                new Mount(
                        Mount.Kind.VOLUME,
                        volumeName(volume.source()),
                        volume.target(),
                        volume.readOnly(),
                        volume.options());
            case TMPFS -> new Mount(Mount.Kind.TMPFS, "", volume.target(), volume.readOnly(), volume.options());
            case IMAGE ->
                new Mount(Mount.Kind.IMAGE, volume.source(), volume.target(), volume.readOnly(), volume.options());
        };
    }

    /** Docker Compose takes the first container of a service, and passes the mode over. */
    private List<String> volumesFrom(ComposeService service) {
        List<String> others = new ArrayList<>();
        for (String written : service.storage().volumesFrom()) {
            boolean container = written.startsWith("container:");
            String[] parts = (container ? written.substring("container:".length()) : written).split(":", 2);
            if (parts.length > 1) {
                problems.warning(
                        service.location("volumes_from"),
                        "services/" + service.name() + "/volumes_from",
                        "the mode of \"" + written + "\" has no effect, as in Docker Compose",
                        "mount the volumes themselves with \"volumes\" where they are to be read-only");
            }
            others.add((container ? "container:" : "service:") + parts[0]);
        }
        return others;
    }

    private String volumeName(String key) {
        if (key.isEmpty()) {
            return "";
        }
        return Optional.ofNullable(project.volumes().get(key))
                .map(volume -> volume.engineName(project.name()))
                .orElse(project.name() + "_" + key);
    }

    private static Map<String, String> tmpfs(ComposeService service) {
        Map<String, String> tmpfs = new LinkedHashMap<>();
        for (String line : service.storage().tmpfs()) {
            int colon = line.indexOf(':');
            tmpfs.put(colon < 0 ? line : line.substring(0, colon), colon < 0 ? "" : line.substring(colon + 1));
        }
        return tmpfs;
    }

    private static Map<String, ContainerSpec.Ulimit> ulimits(Map<String, ComposeService.Ulimit> given) {
        Map<String, ContainerSpec.Ulimit> ulimits = new LinkedHashMap<>();
        given.forEach((name, limit) -> ulimits.put(name, new ContainerSpec.Ulimit(limit.soft(), limit.hard())));
        return ulimits;
    }

    /** Unless the file says otherwise a service comes back after a power cut, and a job does not. */
    private static RestartPolicy restart(ComposeService service, boolean job) {
        return service.restart()
                .map(restart -> policy(restart.mode(), restart.maximumRetries()))
                .orElse(job ? RestartPolicy.NEVER : new RestartPolicy(RestartPolicy.Mode.UNLESS_STOPPED, 0));
    }

    private static RestartPolicy policy(String word, int maximumRetries) {
        for (RestartPolicy.Mode mode : RestartPolicy.Mode.values()) {
            if (mode.word().equals(word)) {
                return new RestartPolicy(mode, mode == RestartPolicy.Mode.ON_FAILURE ? maximumRetries : 0);
            }
        }
        throw new IllegalArgumentException("no restart policy: " + word); // the Compose reader lets no other word in
    }

    /** Every container's logs have a limit, so that they never fill a disk. */
    private static ContainerSpec.Logging logging(ComposeService service) {
        Map<String, String> options = new LinkedHashMap<>(
                service.logging().map(ComposeService.Logging::options).orElse(Map.of()));
        String driver =
                service.logging().flatMap(ComposeService.Logging::driver).orElse(LOCAL_LOGS);
        if (driver.equals("json-file")) {
            JSON_FILE_LIMITS.forEach(options::putIfAbsent);
        }
        return new ContainerSpec.Logging(driver, options);
    }
}
