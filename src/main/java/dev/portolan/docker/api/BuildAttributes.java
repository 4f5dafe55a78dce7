package dev.portolan.docker.api;

import dev.portolan.build.DockerfileText;
import dev.portolan.buildkit.Solve;
import dev.portolan.buildkit.Solve.Cache;
import dev.portolan.model.BuildManner;
import dev.portolan.model.ContainerSpec.Ulimit;
import dev.portolan.model.ImageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says a build in the words of BuildKit's Dockerfile frontend, as Docker's own client does. */
final class BuildAttributes {
    static final String DOCKERFILE = "Dockerfile";
    private static final String HOST_GATEWAY = "host-gateway";
    private static final Set<String> OWN_NETWORKS = Set.of("host", "none");

    private final Gateway gateway;

    /** Knows the address by which containers reach their host. */
    interface Gateway {
        String address() throws IOException;
    }

    BuildAttributes(Gateway gateway) {
        this.gateway = gateway;
    }

    static BuildAttributes of(EngineCalls calls) {
        return new BuildAttributes(() -> calls.read(Query.path("networks", "bridge"))
                .path("IPAM")
                .path("Config")
                .path(0)
                .path("Gateway")
                .asText());
    }

    /** @param dockerfile empty where it is in the repository that the engine fetches */
    Solve solve(ImageSource.Built image, Optional<DockerfileText> dockerfile) throws IOException {
        BuildManner manner = image.mannerOrUsual();
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("filename", dockerfile.isPresent() ? DOCKERFILE : image.dockerfile());
        image.repository().ifPresent(address -> {
            attributes.put("context", address);
            if (dockerfile.isPresent()) {
                attributes.put("dockerfilekey", "dockerfile");
            }
        });
        image.arguments().forEach((name, value) -> attributes.put("build-arg:" + name, value));
        image.labels().forEach((name, value) -> attributes.put("label:" + name, value));
        image.target()
                .map(target -> dockerfile.map(text -> text.target(target)).orElse(target))
                .ifPresent(target -> attributes.put("target", target));
        image.platform().ifPresent(platform -> attributes.put("platform", platform));
        image.network().filter(OWN_NETWORKS::contains).ifPresent(mode -> attributes.put("force-network-mode", mode));
        if (!image.hosts().isEmpty()) {
            attributes.put("add-hosts", hosts(image.hosts()));
        }
        attributes.put("image-resolve-mode", manner.pull() ? "pull" : "local");
        if (manner.noCache()) {
            attributes.put("no-cache", "");
        }
        if (manner.shmBytes() > 0) {
            attributes.put("shm-size", Long.toString(manner.shmBytes()));
        }
        if (!manner.ulimits().isEmpty()) {
            attributes.put("ulimit", ulimits(manner.ulimits()));
        }
        return new Solve(
                attributes,
                names(image),
                caches(manner.cacheFrom()),
                caches(manner.cacheTo()),
                entitlements(image, manner));
    }

    static List<String> names(ImageSource.Built image) {
        List<String> names = new ArrayList<>(List.of(image.reference()));
        names.addAll(image.mannerOrUsual().tags());
        return names;
    }

    private static List<String> entitlements(ImageSource.Built image, BuildManner manner) {
        Set<String> all = new LinkedHashSet<>(manner.entitlements());
        if (image.network().filter("host"::equals).isPresent()) {
            all.add("network.host");
        }
        return List.copyOf(all);
    }

    private static String ulimits(Map<String, Ulimit> ulimits) {
        return new TreeMap<>(ulimits)
                .entrySet().stream()
                        .map(limit -> limit.getKey() + "=" + limit.getValue().soft() + ":"
                                + limit.getValue().hard())
                        .collect(Collectors.joining(","));
    }

    private String hosts(List<String> hosts) throws IOException {
        List<String> pairs = new ArrayList<>();
        for (String host : hosts) {
            int colon = host.indexOf(':');
            String address = host.substring(colon + 1);
            pairs.add(host.substring(0, colon) + "=" + (address.equals(HOST_GATEWAY) ? gateway.address() : address));
        }
        return String.join(",", pairs);
    }

    /** Compose writes the name of an image, or {@code type=registry,ref=...}. */
    static List<Cache> caches(List<String> entries) {
        List<Cache> caches = new ArrayList<>();
        for (String entry : entries) {
            if (!entry.contains("=")) {
                caches.add(new Cache("registry", Map.of("ref", entry)));
                continue;
            }
            Map<String, String> attributes = new LinkedHashMap<>();
            for (String pair : entry.split(",", -1)) {
                int equals = pair.indexOf('=');
                attributes.put(
                        equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
            }
            String type = Optional.ofNullable(attributes.remove("type")).orElse("registry");
            caches.add(new Cache(type, attributes));
        }
        return caches;
    }
}
