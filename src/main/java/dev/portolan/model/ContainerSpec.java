package dev.portolan.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a container is, in the engine's words, apart from its name, its address and Portolan's own labels.
 *
 * @param image what it runs
 * @param process how its first process starts and stops
 * @param healthTest overrides the image's own, if present
 * @param networking networks, published ports, names
 * @param storage mounts and files
 * @param resources limits
 * @param security users and rights
 * @param labels the app's own labels
 * @param restart what the engine does when the process ends, once the release is committed
 * @param logging the log driver and its limits
 * @param engine how the engine runs it, if not as it does by default
 */
public record ContainerSpec(
        ImageSource image,
        ProcessSpec process,
        Optional<HealthTest> healthTest,
        Networking networking,
        Storage storage,
        Resources resources,
        Security security,
        Map<String, String> labels,
        RestartPolicy restart,
        Logging logging,
        Optional<EngineSettings> engine) {
    private static final String SERVICE = "service:";

    /** Run as the engine does by default. */
    public ContainerSpec(
            ImageSource image,
            ProcessSpec process,
            Optional<HealthTest> healthTest,
            Networking networking,
            Storage storage,
            Resources resources,
            Security security,
            Map<String, String> labels,
            RestartPolicy restart,
            Logging logging) {
        this(
                image,
                process,
                healthTest,
                networking,
                storage,
                resources,
                security,
                labels,
                restart,
                logging,
                Optional.empty());
    }

    /** The services whose namespaces it shares, as {@code service:NAME} says. */
    public Set<String> joins() {
        Set<String> joins = new TreeSet<>();
        with(storage.fromContainers(List.of())).besides(name -> {
            joins.add(name);
            return name;
        });
        return joins;
    }

    /** The services whose volumes it mounts. */
    public Set<String> mountsVolumesOf() {
        return storage.volumesFrom().stream()
                .filter(from -> from.startsWith(SERVICE))
                .map(from -> from.substring(SERVICE.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param containers gives for a service the container whose namespaces or volumes are meant */
    public ContainerSpec besides(UnaryOperator<String> containers) {
        UnaryOperator<String> named = mode ->
                mode.startsWith(SERVICE) ? "container:" + containers.apply(mode.substring(SERVICE.length())) : mode;
        return new ContainerSpec(
                image,
                process,
                healthTest,
                networking.withMode(networking.mode().map(named)),
                storage.fromContainers(storage.volumesFrom().stream().map(named).toList()),
                resources,
                security.with(security.namespaces().map(namespaces -> namespaces.with(named))),
                labels,
                restart,
                logging,
                engine);
    }

    /** The same on other terms with its networks. */
    public ContainerSpec with(Networking other) {
        return new ContainerSpec(
                image, process, healthTest, other, storage, resources, security, labels, restart, logging, engine);
    }

    /** The same with another process. */
    public ContainerSpec with(ProcessSpec other) {
        return new ContainerSpec(
                image, other, healthTest, networking, storage, resources, security, labels, restart, logging, engine);
    }

    /** The same with other storage. */
    public ContainerSpec with(Storage other) {
        return new ContainerSpec(
                image, process, healthTest, networking, other, resources, security, labels, restart, logging, engine);
    }

    /**
     * @param command replaces the image's CMD, if present
     * @param entrypoint replaces the image's ENTRYPOINT, if present; an empty list clears it
     * @param environment in full, with the region's own variables merged in
     * @param stopSignal such as {@code SIGQUIT}, if not the image's own
     * @param stopGrace how long the process may take to end after the signal before it is killed
     * @param init whether a small init is the first process; the engine's default if not given
     * @param attached whether the input ends for the process when it ends for the first who attaches
     * @param unset variables of the image that it does not get
     * @param hooks that are run beside it, if there are any
     * @param secrets whose marks stand in the environment: whoever makes the container puts their values there
     */
    public record ProcessSpec(
            Optional<List<String>> command,
            Optional<List<String>> entrypoint,
            Map<String, String> environment,
            Optional<String> user,
            Optional<String> workingDirectory,
            Optional<String> stopSignal,
            Duration stopGrace,
            Optional<Boolean> init,
            boolean tty,
            boolean stdinOpen,
            boolean attached,
            List<String> unset,
            Optional<Hooks> hooks,
            List<PinnedSecret> secrets) {

        public ProcessSpec {
            secrets = List.copyOf(secrets);
        }

        /** Without secrets. */
        public ProcessSpec(
                Optional<List<String>> command,
                Optional<List<String>> entrypoint,
                Map<String, String> environment,
                Optional<String> user,
                Optional<String> workingDirectory,
                Optional<String> stopSignal,
                Duration stopGrace,
                Optional<Boolean> init,
                boolean tty,
                boolean stdinOpen,
                boolean attached,
                List<String> unset,
                Optional<Hooks> hooks) {
            this(
                    command,
                    entrypoint,
                    environment,
                    user,
                    workingDirectory,
                    stopSignal,
                    stopGrace,
                    init,
                    tty,
                    stdinOpen,
                    attached,
                    unset,
                    hooks,
                    List.of());
        }

        /** The same with values in the place of the secrets' marks. */
        public ProcessSpec opened(Map<String, String> values) {
            return new ProcessSpec(
                    command,
                    entrypoint,
                    values,
                    user,
                    workingDirectory,
                    stopSignal,
                    stopGrace,
                    init,
                    tty,
                    stdinOpen,
                    attached,
                    unset,
                    hooks);
        }

        /** Without hooks. */
        public ProcessSpec(
                Optional<List<String>> command,
                Optional<List<String>> entrypoint,
                Map<String, String> environment,
                Optional<String> user,
                Optional<String> workingDirectory,
                Optional<String> stopSignal,
                Duration stopGrace,
                Optional<Boolean> init,
                boolean tty,
                boolean stdinOpen,
                boolean attached,
                List<String> unset) {
            this(
                    command,
                    entrypoint,
                    environment,
                    user,
                    workingDirectory,
                    stopSignal,
                    stopGrace,
                    init,
                    tty,
                    stdinOpen,
                    attached,
                    unset,
                    Optional.empty());
        }

        /** Of a service: nobody attaches before it starts; with all variables of the image. */
        public ProcessSpec(
                Optional<List<String>> command,
                Optional<List<String>> entrypoint,
                Map<String, String> environment,
                Optional<String> user,
                Optional<String> workingDirectory,
                Optional<String> stopSignal,
                Duration stopGrace,
                Optional<Boolean> init,
                boolean tty,
                boolean stdinOpen) {
            this(
                    command,
                    entrypoint,
                    environment,
                    user,
                    workingDirectory,
                    stopSignal,
                    stopGrace,
                    init,
                    tty,
                    stdinOpen,
                    false,
                    List.of());
        }

        /** In the order in which they are run. */
        public List<Hook> postStart() {
            return hooks.map(Hooks::postStart).orElse(List.of());
        }

        /** In the order in which they are run. */
        public List<Hook> preStop() {
            return hooks.map(Hooks::preStop).orElse(List.of());
        }
    }

    /**
     * @param attachments at least one unless {@code mode} is present; the first one carries the fixed address
     * @param mode {@code host}, {@code none} or another of the engine's, if given
     * @param exposed such as {@code 80} or {@code 53/udp}
     * @param extraHosts {@code name:address} lines
     * @param neighbours services that the container finds without asking the engine
     * @param naming if anything is said about it
     */
    public record Networking(
            List<NetworkAttachment> attachments,
            Optional<String> mode,
            List<PublishedPort> ports,
            List<String> exposed,
            Optional<String> hostname,
            List<String> extraHosts,
            List<String> dns,
            List<Neighbour> neighbours,
            Optional<Naming> naming) {

        /** Without neighbours, and with the engine's own naming. */
        public Networking(
                List<NetworkAttachment> attachments,
                Optional<String> mode,
                List<PublishedPort> ports,
                List<String> exposed,
                Optional<String> hostname,
                List<String> extraHosts,
                List<String> dns) {
            this(attachments, mode, ports, exposed, hostname, extraHosts, dns, List.of(), Optional.empty());
        }

        Networking withMode(Optional<String> other) {
            return new Networking(attachments, other, ports, exposed, hostname, extraHosts, dns, neighbours, naming);
        }

        public Networking with(List<Neighbour> known) {
            return new Networking(attachments, mode, ports, exposed, hostname, extraHosts, dns, known, naming);
        }

        /** The same with other {@code name:address} lines. */
        public Networking withExtraHosts(List<String> lines) {
            return new Networking(attachments, mode, ports, exposed, hostname, lines, dns, neighbours, naming);
        }
    }

    /**
     * The address that the app gives to its containers on their first network, of which there can be only one then.
     */
    public Optional<String> givenAddress() {
        return networking.attachments().stream()
                .limit(1)
                .flatMap(first -> first.endpoint().stream())
                .map(Endpoint::address)
                .filter(address -> !address.isEmpty())
                .findFirst();
    }

    /**
     * A service whose container keeps one address, so that others may know it by heart: they find it while the engine, which
     * is asked for all other names, is away. The address is the plan's, since it differs from host to host.
     *
     * @param network on which it has the address
     * @param names by which it is known
     */
    public record Neighbour(String service, String network, List<String> names) {}

    /**
     * @param network the engine's name of it
     * @param aliases the names by which others on the network find the container
     * @param endpoint if anything is asked for beside them
     */
    public record NetworkAttachment(String network, List<String> aliases, Optional<Endpoint> endpoint) {

        public NetworkAttachment(String network, List<String> aliases) {
            this(network, aliases, Optional.empty());
        }
    }

    /**
     * @param address of this host on which it is published; empty for every address
     * @param hostPort 0 for one that the engine chooses
     * @param protocol {@code tcp}, {@code udp} or {@code sctp}
     * @param lastHostPort of those of which the engine chooses one, if {@code hostPort} is the first of several
     */
    public record PublishedPort(
            String address, int hostPort, int containerPort, String protocol, Optional<Integer> lastHostPort) {

        public PublishedPort(String address, int hostPort, int containerPort, String protocol) {
            this(address, hostPort, containerPort, protocol, Optional.empty());
        }

        /** Whether no other container can publish it at the same time. */
        public boolean exclusive() {
            return hostPort > 0 && lastHostPort.isEmpty();
        }
    }

    /**
     * @param volumesFrom other containers all of whose mounts it has, too: {@code service:NAME} or {@code container:NAME}
     */
    public record Storage(
            List<Mount> mounts,
            List<FileInContainer> files,
            Map<String, String> tmpfs,
            boolean readOnly,
            List<String> volumesFrom) {

        public Storage {
            volumesFrom = List.copyOf(volumesFrom);
        }

        /** With mounts of its own only. */
        public Storage(List<Mount> mounts, List<FileInContainer> files, Map<String, String> tmpfs, boolean readOnly) {
            this(mounts, files, tmpfs, readOnly, List.of());
        }

        /** The same with each mount changed. */
        public Storage with(UnaryOperator<Mount> change) {
            return new Storage(mounts.stream().map(change).toList(), files, tmpfs, readOnly, volumesFrom);
        }

        /** The same with the mounts of other containers. */
        public Storage fromContainers(List<String> others) {
            return new Storage(mounts, files, tmpfs, readOnly, others);
        }
    }

    /**
     * @param source the engine's volume name, an absolute path of the host for {@code BIND}, or the name of an image; empty for
     *     {@code TMPFS} and for an anonymous volume; for {@code FILES} the digest of {@link ReleaseFiles}; for {@code DATA} a path
     *     relative to the project, in a {@link DataFolder} or the folder itself
     * @param options if anything is said beside
     */
    public record Mount(Kind kind, String source, String target, boolean readOnly, Optional<MountOptions> options) {

        public Mount(Kind kind, String source, String target, boolean readOnly) {
            this(kind, source, target, readOnly, Optional.empty());
        }

        /** Of {@code FILES} and {@code DATA} each host knows where they are: there they become {@code BIND}. */
        public enum Kind {
            BIND,
            VOLUME,
            TMPFS,
            IMAGE,
            FILES,
            DATA
        }
    }

    /**
     * A Compose config or secret, put into the container before it starts.
     *
     * @param target absolute path in the container
     * @param source where the content is read from, on the machine of the command line
     * @param digest SHA-256 of the content in hexadecimal, so that the release pins it
     * @param mode file mode bits, such as 0444
     * @param toUser whether it belongs to the container's user instead, when that has one: the engine does so where Docker Compose
     *     asks it to heed an owner
     */
    public record FileInContainer(
            String target, FileSource source, String digest, int mode, int user, int group, boolean toUser) {

        /** Of these, whoever the container's user is. */
        public FileInContainer(String target, FileSource source, String digest, int mode, int user, int group) {
            this(target, source, digest, mode, user, group, false);
        }
    }

    /** Where the content of a Compose config or secret comes from. */
    public sealed interface FileSource {

        /** @param path absolute */
        record LocalFile(String path) implements FileSource {}

        /** @param text the configuration's own words; never a secret */
        record Inline(String text) implements FileSource {}

        /** @param variable of the command line's environment */
        record Variable(String variable) implements FileSource {}

        /** The digest of such a file is that of its secret's identity, since one of the value would help to guess it. */
        record Stored(PinnedSecret secret) implements FileSource {}
    }

    /**
     * @param memoryBytes 0 for no limit
     * @param memoryReservationBytes 0 for none
     * @param nanoCpus billionths of a processor; 0 for no limit
     * @param pids 0 for no limit
     * @param shmBytes size of /dev/shm; 0 for the engine's default
     * @param processors if anything is said beside {@code nanoCpus}
     * @param pressure if anything is said about it
     * @param blockDevices if anything is said about them
     * @param parentGroup of its control groups, if not the engine's own
     */
    public record Resources(
            long memoryBytes,
            long memoryReservationBytes,
            long nanoCpus,
            long pids,
            long shmBytes,
            Map<String, Ulimit> ulimits,
            Map<String, String> sysctls,
            Optional<Processors> processors,
            Optional<MemoryPressure> pressure,
            Optional<BlockDevices> blockDevices,
            Optional<String> parentGroup) {

        /** The limits that most apps know. */
        public Resources(
                long memoryBytes,
                long memoryReservationBytes,
                long nanoCpus,
                long pids,
                long shmBytes,
                Map<String, Ulimit> ulimits,
                Map<String, String> sysctls) {
            this(
                    memoryBytes,
                    memoryReservationBytes,
                    nanoCpus,
                    pids,
                    shmBytes,
                    ulimits,
                    sysctls,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    public record Ulimit(long soft, long hard) {}

    /**
     * @param devices {@code source:target:permissions}
     * @param deviceRules of the devices that may be used, such as {@code c 1:3 mr}
     * @param deviceRequests of what a driver of the engine gives
     * @param namespaces if it shares any
     * @param openSystemPaths whether the paths of the kernel that are hidden otherwise are not
     */
    public record Security(
            boolean privileged,
            List<String> capAdd,
            List<String> capDrop,
            List<String> securityOptions,
            List<String> groupAdd,
            List<String> devices,
            List<String> deviceRules,
            List<DeviceRequest> deviceRequests,
            Optional<Namespaces> namespaces,
            boolean openSystemPaths) {

        Security with(Optional<Namespaces> others) {
            return new Security(
                    privileged,
                    capAdd,
                    capDrop,
                    securityOptions,
                    groupAdd,
                    devices,
                    deviceRules,
                    deviceRequests,
                    others,
                    openSystemPaths);
        }

        /** Nothing of the host's but these devices. */
        public Security(
                boolean privileged,
                List<String> capAdd,
                List<String> capDrop,
                List<String> securityOptions,
                List<String> groupAdd,
                List<String> devices) {
            this(
                    privileged,
                    capAdd,
                    capDrop,
                    securityOptions,
                    groupAdd,
                    devices,
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    false);
        }
    }

    /** @param driver {@code local} unless the app asks for another */
    public record Logging(String driver, Map<String, String> options) {}
}
