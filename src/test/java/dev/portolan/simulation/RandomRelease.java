package dev.portolan.simulation;

import dev.portolan.files.FileTree;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.ContainerSpec.Logging;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ContainerSpec.Neighbour;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.ContainerSpec.ProcessSpec;
import dev.portolan.model.ContainerSpec.Resources;
import dev.portolan.model.ContainerSpec.Security;
import dev.portolan.model.ContainerSpec.Storage;
import dev.portolan.model.DataFolder;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.HealthTest;
import dev.portolan.model.Hook;
import dev.portolan.model.Hooks;
import dev.portolan.model.ImageSource;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.Route;
import dev.portolan.model.SecretSource;
import dev.portolan.model.Service;
import dev.portolan.model.VolumeSpec;
import dev.portolan.model.Workload;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Builds the workloads of one release of a {@link RandomApp}. */
final class RandomRelease {
    static final String SECRET_VARIABLE = "SHOP_SECRET";
    static final String SECRET_VALUE = "canary-5f1d7e";
    private static final PinnedSecret TOKEN =
            new PinnedSecret("TOKEN", new SecretSource.Age("secrets.age"), "TOKEN", "1", "1");
    private static final int PORT = 3000;
    private static final int OTHER_PORT = 22;
    private static final int READERS_PORT = 5000;
    private static final int OTHER_READERS_PORT = 5100;
    private static final Duration SETTLE = Duration.ofSeconds(4);

    private final SplittableRandom random;
    private final String app;
    private final boolean local;
    private final List<RandomService> services;
    private final boolean broken;
    private boolean bad;
    private boolean hopeless;

    RandomRelease(SplittableRandom random, String app, boolean local, List<RandomService> services, boolean broken) {
        this.random = random;
        this.app = app;
        this.local = local;
        this.services = services;
        this.broken = broken;
    }

    /** Whether one of the workloads made so far has containers that cannot or should not serve. */
    boolean bad() {
        return bad;
    }

    boolean hopeless() {
        return hopeless;
    }

    List<Route> routes() {
        return services.stream()
                .filter(service -> service.routed)
                .flatMap(service -> routes(service).stream())
                .toList();
    }

    private static List<Route> routes(RandomService service) {
        if (!service.name.equals("web")) {
            return List.of(new Route.Tcp(READERS_PORT, service.name, PORT));
        }
        Route http = new Route.Http(Route.ANY_HOST, service.name, PORT, "/heartbeat", Optional.empty());
        return service.secret
                ? List.of(http, new Route.Tcp(OTHER_READERS_PORT, service.name, OTHER_PORT))
                : List.of(http);
    }

    /** @param contents grows by what is new */
    Workload workload(String region, Map<String, RandomApp.Content> contents) {
        String project = local ? app + "-" + region : app;
        List<Service> made = new ArrayList<>();
        List<VolumeSpec> volumes = new ArrayList<>();
        for (RandomService service : services) {
            ContainerSpec spec = spec(service, region, project);
            String hash = Fingerprint.of(spec.toString()).substring(0, 12);
            RandomApp.Content content = contents.computeIfAbsent(hash, _ -> content(service, region));
            bad |= content.behaviour().bad();
            hopeless |= content.behaviour().hopeless(service.routed || service.healthTest);
            made.add(new Service(
                    service.name,
                    hash,
                    spec,
                    service.replicas,
                    service.order,
                    service.dependencies,
                    SETTLE,
                    service.job,
                    service.containerName(project),
                    List.of()));
            if (service.volume) {
                volumes.add(new VolumeSpec(project + "_" + service.name, "local", Map.of(), Map.of(), false));
            }
        }
        NetworkSpec network = new NetworkSpec(project + "_default", Optional.empty(), false, false, Map.of(), Map.of());
        return new Workload(
                project,
                made,
                List.of(network),
                volumes,
                services.stream()
                        .filter(service -> service.secret)
                        .map(service -> files(service.name, service.version))
                        .toList(),
                services.stream()
                        .filter(service -> service.volume)
                        .map(service -> new DataFolder(service.name, new DataFolder.Seed.Nothing()))
                        .toList());
    }

    private RandomApp.Content content(RandomService service, String region) {
        boolean breaks = broken && (random.nextInt(3) > 0);
        Behaviour behaviour;
        if (service.job) {
            behaviour = Behaviour.job(random, breaks ? 1 : 0);
        } else {
            behaviour = breaks ? Behaviour.broken(random, service.routed) : Behaviour.good(random);
        }
        return new RandomApp.Content(region, service.name, service.routed, behaviour);
    }

    private ContainerSpec spec(RandomService service, String region, String project) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("REGION", region);
        environment.put("VERSION", String.valueOf(service.version));
        List<PinnedSecret> secrets = service.secret ? List.of(TOKEN) : List.of();
        secrets.forEach(secret -> environment.put("TOKEN", "Bearer " + secret.mark()));
        String image = "shop/" + service.name + ":" + service.version;
        return new ContainerSpec(
                new ImageSource.Pulled(image, World.digestOf(image)),
                new ProcessSpec(
                        Optional.empty(),
                        Optional.empty(),
                        Collections.unmodifiableMap(environment),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        false,
                        false,
                        false,
                        List.of(),
                        hooks(service),
                        secrets),
                service.healthTest
                        ? Optional.of(
                                new HealthTest(List.of("CMD", "true"), Duration.ZERO, Duration.ZERO, 0, Duration.ZERO))
                        : Optional.empty(),
                new Networking(
                        List.of(new NetworkAttachment(project + "_default", List.of(service.name))),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        neighbours(service, project),
                        Optional.empty()),
                new Storage(mounts(service, project), files(service), Map.of(), false),
                new Resources(0, 0, 0, 0, 0, Map.of(), Map.of()),
                new Security(false, List.of(), List.of(), List.of(), List.of(), List.of()),
                Map.of(),
                new RestartPolicy(RestartPolicy.Mode.UNLESS_STOPPED, 0),
                new Logging("local", Map.of()));
    }

    /** The same services have some in each release, so that none is changed by them alone. */
    private static Optional<Hooks> hooks(RandomService service) {
        return Set.of("web", "worker").contains(service.name)
                ? Optional.of(
                        new Hooks(List.of(new Hook(List.of("warm-up"))), List.of(new Hook(List.of("say-goodbye")))))
                : Optional.empty();
    }

    private List<Neighbour> neighbours(RandomService service, String project) {
        return services.stream()
                .filter(other -> other.keepsItsAddress()
                        && service.dependencies.stream()
                                .anyMatch(dependency -> dependency.service().equals(other.name)))
                .map(other -> new Neighbour(other.name, project + "_default", List.of(other.name)))
                .toList();
    }

    private static List<Mount> mounts(RandomService service, String project) {
        List<Mount> mounts = new ArrayList<>();
        if (service.volume) {
            mounts.add(new Mount(Mount.Kind.VOLUME, project + "_" + service.name, "/data", false));
            mounts.add(new Mount(Mount.Kind.DATA, service.name, "/uploads", false));
        }
        if (service.secret) {
            mounts.add(new Mount(
                    Mount.Kind.FILES, files(service.name, service.version).digest(), "/etc/it", true));
        }
        return List.copyOf(mounts);
    }

    private static ReleaseFiles files(String service, int version) {
        return new ReleaseFiles(Fingerprint.of(service + version), service, "/project/" + service, List.of(), Map.of());
    }

    /** What the project holds where these were read. */
    static FileTree.Fingerprinted treeOf(ReleaseFiles files) {
        var entry = new FileTree.Entry.File(0644, 0, FileTime.fromMillis(0));
        return new FileTree.Fingerprinted(
                new FileTree(Path.of(files.path()), new TreeMap<>(Map.of("", entry)), 0),
                files.digest(),
                new TreeMap<>());
    }

    private static List<FileInContainer> files(RandomService service) {
        return service.secret
                ? List.of(new FileInContainer(
                        "/run/secrets/key",
                        new FileSource.Variable(SECRET_VARIABLE),
                        Fingerprint.of(SECRET_VALUE),
                        0444,
                        0,
                        0))
                : List.of();
    }
}
