package dev.portolan.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        Logging logging) {

    /** The same on other terms with its networks. */
    public ContainerSpec with(Networking other) {
        return new ContainerSpec(
                image, process, healthTest, other, storage, resources, security, labels, restart, logging);
    }

    /**
     * @param command replaces the image's CMD, if present
     * @param entrypoint replaces the image's ENTRYPOINT, if present; an empty list clears it
     * @param environment in full, with the region's own variables merged in
     * @param stopSignal such as {@code SIGQUIT}, if not the image's own
     * @param stopGrace how long the process may take to end after the signal before it is killed
     */
    public record ProcessSpec(
            Optional<List<String>> command,
            Optional<List<String>> entrypoint,
            Map<String, String> environment,
            Optional<String> user,
            Optional<String> workingDirectory,
            Optional<String> stopSignal,
            Duration stopGrace,
            boolean init,
            boolean tty,
            boolean stdinOpen) {}

    /**
     * @param attachments at least one unless {@code mode} is present; the first one carries the fixed address
     * @param mode {@code host} or {@code none}, if given
     * @param extraHosts {@code name:address} lines
     * @param neighbours services that the container finds without asking the engine
     */
    public record Networking(
            List<NetworkAttachment> attachments,
            Optional<String> mode,
            List<PublishedPort> ports,
            List<Integer> exposed,
            Optional<String> hostname,
            List<String> extraHosts,
            List<String> dns,
            List<Neighbour> neighbours) {

        /** Without neighbours. */
        public Networking(
                List<NetworkAttachment> attachments,
                Optional<String> mode,
                List<PublishedPort> ports,
                List<Integer> exposed,
                Optional<String> hostname,
                List<String> extraHosts,
                List<String> dns) {
            this(attachments, mode, ports, exposed, hostname, extraHosts, dns, List.of());
        }
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
     */
    public record NetworkAttachment(String network, List<String> aliases) {}

    /**
     * @param address of this host on which it is published; empty for every address
     * @param hostPort 0 for one that the engine chooses
     * @param protocol {@code tcp}, {@code udp} or {@code sctp}
     */
    public record PublishedPort(String address, int hostPort, int containerPort, String protocol) {}

    public record Storage(
            List<Mount> mounts, List<FileInContainer> files, Map<String, String> tmpfs, boolean readOnly) {}

    /**
     * @param source the engine's volume name, or an absolute path of the host for {@code BIND}; empty for {@code TMPFS} and for an
     *     anonymous volume
     */
    public record Mount(Kind kind, String source, String target, boolean readOnly) {

        public enum Kind {
            BIND,
            VOLUME,
            TMPFS
        }
    }

    /**
     * A Compose config or secret, put into the container before it starts.
     *
     * @param target absolute path in the container
     * @param source where the content is read from, on the machine of the command line
     * @param digest SHA-256 of the content in hexadecimal, so that the release pins it
     * @param mode file mode bits, such as 0444
     */
    public record FileInContainer(String target, FileSource source, String digest, int mode, int user, int group) {}

    /** Where the content of a Compose config or secret comes from. */
    public sealed interface FileSource {

        /** @param path absolute */
        record LocalFile(String path) implements FileSource {}

        /** @param text the configuration's own words; never a secret */
        record Inline(String text) implements FileSource {}

        /** @param variable of the command line's environment */
        record Variable(String variable) implements FileSource {}
    }

    /**
     * @param memoryBytes 0 for no limit
     * @param memoryReservationBytes 0 for none
     * @param nanoCpus billionths of a processor; 0 for no limit
     * @param pids 0 for no limit
     * @param shmBytes size of /dev/shm; 0 for the engine's default
     */
    public record Resources(
            long memoryBytes,
            long memoryReservationBytes,
            long nanoCpus,
            long pids,
            long shmBytes,
            Map<String, Ulimit> ulimits,
            Map<String, String> sysctls) {}

    public record Ulimit(long soft, long hard) {}

    public record Security(
            boolean privileged,
            List<String> capAdd,
            List<String> capDrop,
            List<String> securityOptions,
            List<String> groupAdd,
            List<String> devices) {}

    /** @param driver {@code local} unless the app asks for another */
    public record Logging(String driver, Map<String, String> options) {}
}
