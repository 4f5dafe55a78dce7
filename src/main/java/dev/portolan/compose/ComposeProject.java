package dev.portolan.compose;

import dev.portolan.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A Compose project as its files mean it: interpolated, merged, every short syntax turned into the long one, references
 * checked. All maps are in the order of the files.
 *
 * @param name as Compose normalises it: lower-case letters, digits, hyphens and underscores
 * @param services those that the active profiles let in, by name
 * @param networks by the key in the file; {@code default} is among them when a service uses it
 * @param volumes the named ones, by the key in the file
 * @param configs by the key in the file
 * @param secrets by the key in the file
 * @param extensions the top-level {@code x-} keys, as written
 */
public record ComposeProject(
        String name,
        Map<String, ComposeService> services,
        Map<String, ComposeNetwork> networks,
        Map<String, ComposeVolume> volumes,
        Map<String, ComposeConfig> configs,
        Map<String, ComposeSecret> secrets,
        Map<String, YamlNode> extensions) {

    /** The name of the network of services that name none. */
    public static final String DEFAULT_NETWORK = "default";

    public ComposeProject {
        services = Ordered.copy(services);
        networks = Ordered.copy(networks);
        volumes = Ordered.copy(volumes);
        configs = Ordered.copy(configs);
        secrets = Ordered.copy(secrets);
        extensions = Ordered.copy(extensions);
    }

    public Optional<ComposeService> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    /** The same project with the services that are left of the given ones. */
    ComposeProject withServices(Map<String, ComposeService> left) {
        return new ComposeProject(name, new LinkedHashMap<>(left), networks, volumes, configs, secrets, extensions);
    }
}
