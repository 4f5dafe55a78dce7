package dev.portolan.compose;

import dev.portolan.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/**
 * A Compose project as its files mean it: interpolated, merged, every short syntax turned into the long one, references
 * checked. All maps are in the order of the files.
 *
 * @param name as Compose normalises it: lower-case letters, digits, hyphens and underscores
 * @param services those that the active profiles let in, by name
 * @param networks those that a service uses, by the key in the file; {@code default} too, also when no file has it
 * @param volumes those that a service uses, by the key in the file
 * @param configs those that a service uses, by the key in the file
 * @param secrets those that a service uses, by the key in the file
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
}
