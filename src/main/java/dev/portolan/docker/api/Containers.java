package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.docker.EngineException;
import dev.portolan.http.HttpRequest;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.ContainerSpec.Storage;
import dev.portolan.model.ContainerState;
import dev.portolan.model.EngineNeed;
import dev.portolan.model.Labels;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.Secret;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Containers: made, looked at, started, ended. */
final class Containers {
    private final EngineCalls calls;
    private final Images images;

    Containers(EngineCalls calls, Images images) {
        this.calls = calls;
        this.images = images;
    }

    List<ContainerState> list(Map<String, String> labels) {
        Query query = Query.path("containers", "json").with("all", true).withLabels(labels);
        JsonNode lines = calls.doing("list the containers", () -> calls.read(query));
        var found = new ArrayList<ContainerState>();
        for (JsonNode line : lines) {
            if (labels.containsKey(Labels.ROLE) || ContainerReading.isReplica(line.path("Labels"))) {
                found.add(ContainerReading.fromList(line));
            }
        }
        return List.copyOf(found);
    }

    Optional<ContainerState> find(String nameOrId) {
        return calls.finding("look at the container " + nameOrId, () -> inspection(nameOrId))
                .map(ContainerReading::fromInspection);
    }

    JsonNode inspection(String nameOrId) throws IOException {
        return calls.read(Query.path("containers", nameOrId, "json"));
    }

    String create(
            String name, ContainerSpec spec, Map<String, String> labels, Optional<String> address, List<byte[]> files) {
        if (files.size() != spec.storage().files().size()) {
            throw new IllegalArgumentException("the content of " + files.size() + " files for "
                    + spec.storage().files().size());
        }
        return calls.doing("create the container " + name, () -> {
            String id = created(name, spec, labels, address);
            try {
                attachToOthers(id, spec.networking());
                copyIn(id, spec.storage(), files);
                return id;
            } catch (IOException | RuntimeException e) {
                removeHalfMade(id, e);
                throw e;
            }
        });
    }

    private String created(String name, ContainerSpec spec, Map<String, String> labels, Optional<String> address)
            throws IOException {
        refuseWhatIsTooNew(spec, calls.newestVersion());
        Query plain = Query.path("containers", "create").with("name", name);
        Optional<String> platform = spec.image().platform();
        Query query = platform.isPresent() ? plain.with("platform", platform.get()) : plain;
        RefusedException missing = new RefusedException(
                404, "no such image on this host: " + spec.image().reference());
        for (String image : images.candidates(spec.image())) {
            try {
                return calls.postNewest(query, ContainerBody.of(image, spec, labels, address, calls.newestVersion()))
                        .path("Id")
                        .asText();
            } catch (RefusedException e) {
                if (e.status() != 404 || images.has(image)) {
                    throw e;
                }
                missing.addSuppressed(e);
            }
        }
        throw missing;
    }

    /** An engine passes over what it does not know: the container would not be the one that was asked for. */
    static void refuseWhatIsTooNew(ContainerSpec spec, ApiVersion version) throws RefusedException {
        Optional<EngineNeed> unmet = EngineNeed.of(spec).stream()
                .filter(need -> !need.isMetBy(version.minor()))
                .findFirst();
        if (unmet.isPresent()) {
            throw new RefusedException(400, unmet.get() + "; this one speaks the API " + version.text());
        }
    }

    /** A container that was made by halves must not be taken for one that is ready to start. */
    private void removeHalfMade(String id, Exception failure) {
        try {
            remove(id);
        } catch (EngineException e) {
            failure.addSuppressed(e);
        }
    }

    private void attachToOthers(String id, Networking networking) throws IOException {
        for (NetworkAttachment other : EndpointBodies.later(networking, calls.newestVersion())) {
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("Container", id);
            body.set("EndpointConfig", EndpointBodies.endpoint(networking, other, Optional.empty()));
            calls.post(Query.path("networks", other.network(), "connect"), body);
        }
    }

    private void copyIn(String id, Storage storage, List<byte[]> contents) throws IOException {
        var copies = new LinkedHashMap<Query, List<Archives.Item>>();
        for (int i = 0; i < contents.size(); i++) {
            FileInContainer file = storage.files().get(i);
            String base = FilePlacement.base(storage, file);
            String name = file.target().substring(base.equals("/") ? 1 : base.length() + 1);
            Query folder = Query.path("containers", id, "archive").with("path", base);
            copies.computeIfAbsent(file.toUser() ? folder.with("copyUIDGID", true) : folder, same -> new ArrayList<>())
                    .add(new Archives.Item(name, file, new Secret(contents.get(i))));
        }
        for (var copy : copies.entrySet()) {
            calls.put(copy.getKey(), new HttpRequest.Written(Archives.files(copy.getValue())));
        }
    }

    void start(String nameOrId) {
        calls.doing("start the container " + nameOrId, () -> calls.post(Query.path("containers", nameOrId, "start")));
    }

    void stop(String nameOrId, Duration grace) {
        long seconds = ContainerBody.wholeSeconds(grace);
        Query query = Query.path("containers", nameOrId, "stop").with("t", String.valueOf(seconds));
        calls.finding(
                "stop the container " + nameOrId,
                () -> calls.post(query, calls.limit().plusSeconds(seconds)));
    }

    void signal(String nameOrId, String signal) {
        Query query = Query.path("containers", nameOrId, "kill").with("signal", signal);
        calls.doing("send " + signal + " to the container " + nameOrId, () -> calls.post(query));
    }

    void remove(String nameOrId) {
        Query query = Query.path("containers", nameOrId).with("force", true).with("v", true);
        calls.finding("remove the container " + nameOrId, () -> {
            try {
                calls.delete(query);
            } catch (RefusedException e) {
                if (e.status() != 409) {
                    throw e;
                }
                // Somebody else is removing it: it is gone when they are done.
                calls.post(Query.path("containers", nameOrId, "wait").with("condition", "removed"), calls.limit());
            }
            return nameOrId;
        });
    }

    void rename(String nameOrId, String name) {
        Query query = Query.path("containers", nameOrId, "rename").with("name", name);
        calls.doing("call the container " + nameOrId + " " + name, () -> calls.post(query));
    }

    void updateRestart(String nameOrId, RestartPolicy policy) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("RestartPolicy", HostConfigBody.restart(policy));
        calls.doing(
                "change the restart policy of the container " + nameOrId,
                () -> calls.post(Query.path("containers", nameOrId, "update"), body));
    }

    /**
     * Waits for the end in rounds, as long as the engine goes on to answer: a wait without limit could not tell a process
     * that runs from an engine that is gone.
     */
    int await(String nameOrId) {
        Query query = Query.path("containers", nameOrId, "wait").with("condition", "not-running");
        return calls.doing("wait for the container " + nameOrId, () -> {
            while (true) {
                try {
                    return calls.post(query, calls.limit()).path("StatusCode").asInt();
                } catch (SocketTimeoutException e) {
                    inspection(nameOrId);
                }
            }
        });
    }
}
