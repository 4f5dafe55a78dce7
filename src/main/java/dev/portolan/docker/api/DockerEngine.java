package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.ImageStore;
import dev.portolan.docker.Logins;
import dev.portolan.docker.RegistryAnswer;
import dev.portolan.host.HostConnection;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Hook;
import dev.portolan.model.ImageSource;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.VolumeSpec;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The Docker Engine of a host, by its HTTP API over {@link HostConnection#dial}. Nothing is connected before the first call.
 * Calls that neither stream nor wait fail when there is no answer within the time limit. An interrupt ends a call.
 */
public final class DockerEngine implements ContainerEngine {
    private static final Duration USUAL_LIMIT = Duration.ofSeconds(60);

    private final EngineCalls calls;
    private final Images images;
    private final ImageArchives archives;
    private final Builds builds;
    private final Containers containers;
    private final Networks networks;
    private final Logs logs;
    private final Sessions sessions;

    /** @param host stays open when the engine is closed */
    public DockerEngine(HostConnection host) {
        this(host, Logins.NONE);
    }

    /** @param logins with which images are fetched and builds begun */
    public DockerEngine(HostConnection host, Logins logins) {
        this(host, logins, USUAL_LIMIT);
    }

    /** @param limit for the answer to a call that does not stream or wait */
    public DockerEngine(HostConnection host, Logins logins, Duration limit) {
        calls = new EngineCalls(host, limit);
        RegistryAccess registries = new RegistryAccess(logins);
        images = new Images(calls, registries);
        archives = new ImageArchives(calls, images);
        builds = new Builds(calls, images, registries);
        containers = new Containers(calls, images);
        networks = new Networks(calls);
        logs = new Logs(calls, containers);
        sessions = new Sessions(calls, containers);
    }

    @Override
    public EngineInfo info() {
        return calls.doing("look at the container engine", () -> {
            JsonNode info = calls.read(Query.path("info"));
            return new EngineInfo(
                    info.path("ID").asText(),
                    info.path("ServerVersion").asText(),
                    calls.newestVersion().text(),
                    info.path("OperatingSystem").asText(),
                    info.path("Architecture").asText(),
                    info.path("NCPU").asInt(),
                    info.path("MemTotal").asLong(),
                    info.path("LiveRestoreEnabled").asBoolean());
        });
    }

    @Override
    public List<ContainerState> containers(Map<String, String> labels) {
        return containers.list(labels);
    }

    @Override
    public Optional<ContainerState> container(String nameOrId) {
        return containers.find(nameOrId);
    }

    @Override
    public String create(
            String name, ContainerSpec spec, Map<String, String> labels, Optional<String> address, List<byte[]> files) {
        return containers.create(name, spec, labels, address, files);
    }

    @Override
    public void start(String nameOrId) {
        containers.start(nameOrId);
    }

    @Override
    public void stop(String nameOrId, Duration grace) {
        containers.stop(nameOrId, grace);
    }

    @Override
    public void signal(String nameOrId, String signal) {
        containers.signal(nameOrId, signal);
    }

    @Override
    public void remove(String nameOrId) {
        containers.remove(nameOrId);
    }

    @Override
    public void rename(String nameOrId, String name) {
        containers.rename(nameOrId, name);
    }

    @Override
    public void updateRestart(String nameOrId, RestartPolicy policy) {
        containers.updateRestart(nameOrId, policy);
    }

    @Override
    public int await(String nameOrId) {
        return containers.await(nameOrId);
    }

    @Override
    public Map<String, String> networks() {
        return networks.subnets();
    }

    @Override
    public List<String> addressesOn(String network) {
        return networks.addressesOn(network);
    }

    @Override
    public void ensureNetwork(NetworkSpec network, String subnet, String dynamicRange, Map<String, String> labels) {
        networks.ensure(network, subnet, dynamicRange, labels);
    }

    @Override
    public void removeNetwork(String name) {
        networks.remove(name);
    }

    @Override
    public List<String> volumes(Map<String, String> labels) {
        return networks.volumes(labels);
    }

    @Override
    public void ensureVolume(VolumeSpec volume, Map<String, String> labels) {
        networks.ensure(volume, labels);
    }

    @Override
    public void removeVolume(String name) {
        networks.removeVolume(name);
    }

    @Override
    public Optional<String> imageDigest(String reference) {
        return images.digest(reference);
    }

    @Override
    public boolean hasImage(ImageSource image) {
        return images.has(image);
    }

    @Override
    public RegistryAnswer askRegistry(String reference) {
        return images.askRegistry(reference);
    }

    @Override
    public void pull(ImageSource.Pulled image, Consumer<String> progress) {
        images.pull(image, progress);
    }

    @Override
    public void build(ImageSource.Built image, BuildMaterials materials, Consumer<String> progress) {
        builds.build(image, materials, progress);
    }

    @Override
    public void forgetImage(ImageSource image) {
        images.forget(image);
    }

    @Override
    public void importImage(String reference, InputStream tar) {
        images.importImage(reference, tar);
    }

    @Override
    public ImageStore store() {
        return archives;
    }

    @Override
    public void logs(String nameOrId, boolean follow, int tail, Consumer<LogLine> lines) {
        logs.read(nameOrId, follow, tail, lines);
    }

    @Override
    public int exec(String nameOrId, List<String> command, Terminal terminal) {
        return sessions.exec(nameOrId, command, terminal);
    }

    @Override
    public OptionalInt runHook(String nameOrId, Hook hook, Duration limit, Consumer<String> lines) {
        return sessions.runHook(nameOrId, hook, limit, lines);
    }

    @Override
    public int runAttached(String nameOrId, Terminal terminal) {
        return sessions.runAttached(nameOrId, terminal);
    }

    @Override
    public void close() {
        calls.close();
    }
}
