package dev.portolan.compose;

import dev.portolan.yaml.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns the model of a project into records. */
final class ProjectReader {
    private final Folder folder;
    private final ServiceReader serviceReader;
    private final Problems problems;

    ProjectReader(Folder folder, Problems problems) {
        this.folder = folder;
        this.serviceReader = new ServiceReader(folder);
        this.problems = problems;
    }

    /**
     * Complete only when no error has been found.
     *
     * @param model of the project: typed, with the services and resources that count and no others
     */
    ComposeProject read(String name, Mapping model) {
        Section root = new Section(model, KeyPath.ROOT, problems);
        Map<String, ComposeService> services = new LinkedHashMap<>();
        root.named("services").forEach((key, section) -> services.put(key, serviceReader.read(key, section)));
        return new ComposeProject(
                name,
                withoutMissingDependencies(services),
                networks(root, name),
                volumes(root, name),
                configs(root),
                secrets(root),
                root.extensions());
    }

    private static Map<String, ComposeService> withoutMissingDependencies(Map<String, ComposeService> services) {
        Map<String, ComposeService> complete = new LinkedHashMap<>();
        services.forEach((name, service) -> {
            Map<String, ServiceDependency> there = service.dependsOn().entrySet().stream()
                    .filter(entry -> services.containsKey(entry.getKey()))
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first, LinkedHashMap::new));
            complete.put(name, service.withDependsOn(there));
        });
        return complete;
    }

    private static Map<String, ComposeNetwork> networks(Section root, String project) {
        Map<String, ComposeNetwork> networks = new LinkedHashMap<>();
        root.named("networks").forEach((key, section) -> networks.put(key, NetworkReader.read(key, section, project)));
        return networks;
    }

    private static Map<String, ComposeVolume> volumes(Section root, String project) {
        Map<String, ComposeVolume> volumes = new LinkedHashMap<>();
        root.named("volumes").forEach((key, section) -> volumes.put(key, VolumeReader.read(key, section, project)));
        return volumes;
    }

    private Map<String, ComposeConfig> configs(Section root) {
        Map<String, ComposeConfig> configs = new LinkedHashMap<>();
        FileContentReader reader = FileContentReader.ofConfigs(folder);
        root.named("configs")
                .forEach((key, section) -> reader.read(key, section)
                        .ifPresent(found -> configs.put(key, new ComposeConfig(key, found, section.location()))));
        return configs;
    }

    private Map<String, ComposeSecret> secrets(Section root) {
        Map<String, ComposeSecret> secrets = new LinkedHashMap<>();
        FileContentReader reader = FileContentReader.ofSecrets(folder);
        root.named("secrets")
                .forEach((key, section) -> reader.read(key, section)
                        .ifPresent(found -> secrets.put(key, new ComposeSecret(key, found, section.location()))));
        return secrets;
    }
}
