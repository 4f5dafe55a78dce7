package dev.portolan.compose;

import dev.portolan.yaml.JsonWriter;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The hashes by which Docker Compose knows whether a service has changed: of its JSON, without what needs no new container. */
final class ServiceHashes {
    private static final List<String> LEFT_OUT = List.of("build", "pull_policy", "scale", "depends_on", "profiles");

    private ServiceHashes() {}

    /** By the names of the services, sorted. */
    static Map<String, String> of(Mapping project) {
        Map<String, String> hashes = new TreeMap<>();
        for (Entry entry : Trees.entries(project, "services")) {
            if (entry.value() instanceof Mapping service) {
                hashes.put(entry.key(), hash(service));
            }
        }
        return hashes;
    }

    private static String hash(Mapping service) {
        Mapping counted = service;
        for (String key : LEFT_OUT) {
            counted = Trees.without(counted, key);
        }
        counted = Trees.at(
                counted,
                "deploy",
                deploy -> deploy instanceof Mapping mapping ? Trees.without(mapping, "replicas") : deploy);
        String json = JsonWriter.compact(Rendering.serviceForJson(counted));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("no SHA-256", everyJavaHasIt);
        }
    }
}
