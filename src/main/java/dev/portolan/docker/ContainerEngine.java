package dev.portolan.docker;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Hook;
import dev.portolan.model.ImageSource;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.VolumeSpec;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The container engine of a host. Safe for use by many threads. Every method throws {@link EngineException} when the engine
 * refuses or does not answer; those that look things up return empty for what is not there. Methods named {@code ensure} and
 * those that stop or remove succeed when there is nothing left to do.
 */
public interface ContainerEngine extends AutoCloseable {

    /** Identity, version and state of the engine. */
    EngineInfo info();

    /**
     * The replicas of services that carry all these labels, in any state, in one call. What is no replica (it has the label
     * {@link dev.portolan.model.Labels#ROLE}) is among them only if that label is asked for.
     *
     * @param labels name and value
     */
    List<ContainerState> containers(Map<String, String> labels);

    /**
     * One container, by name or id. Exit code and fixed addresses are filled in. For one that is no replica the service and
     * hash are empty, the replica is 0 and the release all zeros.
     */
    Optional<ContainerState> container(String nameOrId);

    /**
     * Makes a container and does not start it. It never restarts by itself until {@link #updateRestart}.
     *
     * @param name unique on the engine
     * @param labels Portolan's own, added to those of the spec
     * @param address fixed IPv4 on the first network; empty for one that the engine chooses
     * @param files content of the spec's files, in its order
     * @return the engine's id
     */
    String create(
            String name, ContainerSpec spec, Map<String, String> labels, Optional<String> address, List<byte[]> files);

    /** Starts a container; does nothing when it runs. */
    void start(String nameOrId);

    /**
     * Sends the stop signal, and kills what has not ended after {@code grace}. Waits for the end.
     */
    void stop(String nameOrId, Duration grace);

    /** Sends a signal, such as {@code KILL} or {@code HUP}. */
    void signal(String nameOrId, String signal);

    /** Kills and removes a container with its anonymous volumes. */
    void remove(String nameOrId);

    /** Gives a container another name, whatever its state; fails when another container has it. */
    void rename(String nameOrId, String name);

    /** Changes what the engine does when the container's process ends. */
    void updateRestart(String nameOrId, RestartPolicy policy);

    /** Waits until the container has ended and returns its exit code. */
    int await(String nameOrId);

    /** IPv4 subnets (or an empty string) of every network of the engine, by name. */
    Map<String, String> networks();

    /** IPv4 addresses in use or reserved on a network; empty when there is no such network. */
    List<String> addressesOn(String network);

    /**
     * Makes a network. Unless it says otherwise the first address of the subnet is the host's own on it.
     *
     * @param subnet IPv4 with prefix length; empty to take only what the network says itself
     * @param dynamicRange the part of it from which the engine may choose by itself
     */
    void ensureNetwork(NetworkSpec network, String subnet, String dynamicRange, Map<String, String> labels);

    void removeNetwork(String name);

    List<String> volumes(Map<String, String> labels);

    void ensureVolume(VolumeSpec volume, Map<String, String> labels);

    void removeVolume(String name);

    /**
     * What the engine knows an image as: the registry's digest where there is one, otherwise the image's id
     * ({@code sha256:...}); empty when the engine does not have it.
     */
    Optional<String> imageDigest(String reference);

    /** Whether the engine has exactly this image: the digest for a pulled one, the reference for a built one. */
    boolean hasImage(ImageSource image);

    /** Asks the image's registry what it has by that name now, as whoever this machine is to it. */
    RegistryAnswer askRegistry(String reference);

    /** The digest that the image's registry has for it now; empty when the registry cannot be reached or has none. */
    default Optional<String> registryDigest(String reference) {
        return switch (askRegistry(reference)) {
            case RegistryAnswer.Has(String digest) -> Optional.of(digest);
            case RegistryAnswer.HasNot _ -> Optional.empty();
        };
    }

    /**
     * Fetches exactly this image, by its digest, from its registry, as whoever this machine is to it. The engine keeps no login.
     *
     * @param progress one line at a time, for a person
     */
    void pull(ImageSource.Pulled image, Consumer<String> progress);

    /**
     * Builds an image and names it {@link ImageSource.Built#reference()}; files matched by {@code .dockerignore} stay out. The
     * images of other services that it is built from are built first, where the engine does not have them.
     *
     * @param materials what the build may ask for
     * @param progress one line at a time, for a person
     */
    void build(ImageSource.Built image, BuildMaterials materials, Consumer<String> progress);

    /** Builds an image that needs nothing but its folder. */
    default void build(ImageSource.Built image, Consumer<String> progress) {
        build(image, BuildMaterials.NONE, progress);
    }

    /**
     * Takes the names off an image by which a release knows it, and removes it where it has no other name. One that a container uses
     * stays as it is, and so does one that came from no registry and has a name: somebody has made it here.
     */
    void forgetImage(ImageSource image);

    /** Makes an image from the tar archive of a root file system, as {@code docker import}. */
    void importImage(String reference, InputStream tar);

    /** Its images as they travel to and from other engines. */
    ImageStore store();

    /**
     * Output of a container.
     *
     * @param follow whether to go on until the container ends or the thread is interrupted
     * @param tail how many of the last lines; -1 for all
     */
    void logs(String nameOrId, boolean follow, int tail, Consumer<LogLine> lines);

    /**
     * Runs a command in a running container, with this process's own streams.
     *
     * @return its exit code
     */
    int exec(String nameOrId, List<String> command, Terminal terminal);

    /**
     * Runs a hook in a running container and waits for its end.
     *
     * @param limit after which it is no longer waited for; it goes on until its container ends
     * @param lines of its output, both streams together
     * @return its exit code; empty when it has not ended within the limit
     */
    OptionalInt runHook(String nameOrId, Hook hook, Duration limit, Consumer<String> lines);

    /**
     * Attaches to a container that is not started yet, starts it, and waits for its end.
     *
     * @return its exit code
     */
    int runAttached(String nameOrId, Terminal terminal);

    @Override
    void close();

    /**
     * @param id identity of the engine, stable over restarts
     * @param version of the engine
     * @param apiVersion the newest that is spoken with it
     * @param liveRestore whether containers outlive a restart of the engine
     */
    record EngineInfo(
            String id,
            String version,
            String apiVersion,
            String operatingSystem,
            String architecture,
            int processors,
            long memoryBytes,
            boolean liveRestore) {}

    /**
     * @param time as the engine noted it, RFC 3339
     * @param error whether it came from the standard error stream
     */
    record LogLine(String time, boolean error, String text) {}

    /**
     * The streams of an interactive command. The input is read by a thread of its own, which may take one more read than the
     * command does; none of the streams is closed.
     *
     * @param tty whether the command gets a terminal: then everything it writes comes in {@code output}
     * @param size asked for at the start and every second, so that the command's terminal follows one that is resized; empty
     *     when unknown
     */
    record Terminal(
            InputStream input,
            OutputStream output,
            OutputStream error,
            boolean tty,
            Supplier<Optional<WindowSize>> size) {

        public Terminal(InputStream input, OutputStream output, OutputStream error, boolean tty) {
            this(input, output, error, tty, Optional::empty);
        }
    }

    record WindowSize(int rows, int columns) {}
}
