package dev.portolan.compose;

import dev.portolan.yaml.YamlNode.Mapping;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns the merged files into records: services that the profiles let in, and the resources that they use. */
final class ProjectReader {
    private final Folder folder;
    private final ServiceReader serviceReader;
    private final Variables variables;
    private final Profiles profiles;
    private final Problems problems;

    ProjectReader(Folder folder, TextFiles files, Variables variables, Profiles profiles, Problems problems) {
        this.folder = folder;
        this.serviceReader = new ServiceReader(folder, new EnvironmentReader(folder, files, variables), variables);
        this.variables = variables;
        this.profiles = profiles;
        this.problems = problems;
    }

    /** Complete only when no error has been found. */
    ComposeProject read(String name, Mapping merged) {
        Section root = new Section(merged, KeyPath.ROOT, problems);
        Map<String, ComposeService> services = new LinkedHashMap<>();
        root.named("services").forEach((key, section) -> {
            if (profiles.letIn(section.texts("profiles"))) {
                services.put(key, serviceReader.read(key, section));
            } else {
                ask(section);
            }
        });
        References.check(services, root);
        Used used = Used.by(services);
        HonouredKeys.check(
                merged,
                Map.of(
                        "services", services.keySet(),
                        "networks", used.networks(),
                        "volumes", used.volumes(),
                        "configs", used.configs(),
                        "secrets", used.secrets()),
                problems);
        return new ComposeProject(
                name,
                withoutMissingDependencies(services),
                networks(root, services, used),
                volumes(root, used),
                configs(root, used),
                secrets(root, used),
                root.extensions());
    }

    /** So that a variable that only a service of a profile takes over does not count as one that nothing asks for. */
    private void ask(Section leftOut) {
        variables.filledIn(leftOut.pairs("environment"));
        leftOut.section("build").ifPresent(build -> variables.filledIn(build.pairs("args")));
    }

    /** The resources that services use, by their keys. */
    private record Used(Set<String> networks, Set<String> volumes, Set<String> configs, Set<String> secrets) {

        static Used by(Map<String, ComposeService> services) {
            Used used = new Used(new LinkedHashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
            for (ComposeService service : services.values()) {
                used.networks.addAll(service.networking().networks().keySet());
                service.storage().volumes().forEach(volume -> used.volumes.add(volume.source()));
                service.storage().configs().forEach(mount -> used.configs.add(mount.source()));
                service.storage().secrets().forEach(mount -> used.secrets.add(mount.source()));
            }
            return used;
        }
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

    private static Map<String, ComposeNetwork> networks(Section root, Map<String, ComposeService> services, Used used) {
        Map<String, ComposeNetwork> networks = new LinkedHashMap<>();
        Map<String, Section> defined = root.named("networks");
        defined.forEach((key, section) -> {
            if (used.networks().contains(key)) {
                networks.put(key, NetworkReader.read(key, section));
            }
        });
        if (used.networks().contains(ComposeProject.DEFAULT_NETWORK)) {
            Optional<ComposeService> first = services.values().stream().findFirst();
            networks.computeIfAbsent(
                    ComposeProject.DEFAULT_NETWORK,
                    key -> new ComposeNetwork(
                            key,
                            Optional.empty(),
                            false,
                            false,
                            Optional.empty(),
                            Map.of(),
                            Map.of(),
                            first.map(ComposeService::location).orElse(root.location())));
        }
        return networks;
    }

    private static Map<String, ComposeVolume> volumes(Section root, Used used) {
        Map<String, ComposeVolume> volumes = new LinkedHashMap<>();
        root.named("volumes").forEach((key, section) -> {
            ComposeVolume volume = VolumeReader.read(key, section);
            if (used.volumes().contains(key)) {
                volumes.put(key, volume);
            }
        });
        return volumes;
    }

    private Map<String, ComposeConfig> configs(Section root, Used used) {
        Map<String, ComposeConfig> configs = new LinkedHashMap<>();
        FileContentReader reader = FileContentReader.ofConfigs(folder);
        root.named("configs").forEach((key, section) -> {
            boolean isUsed = used.configs().contains(key);
            Optional<FileContent> content = reader.read(section, isUsed);
            if (content.orElse(null) instanceof FileContent.Environment(String variable)) {
                variables.value(variable);
            }
            if (isUsed) {
                content.ifPresent(found -> configs.put(key, new ComposeConfig(key, found, section.location())));
            }
        });
        return configs;
    }

    private Map<String, ComposeSecret> secrets(Section root, Used used) {
        Map<String, ComposeSecret> secrets = new LinkedHashMap<>();
        FileContentReader reader = FileContentReader.ofSecrets(folder);
        root.named("secrets").forEach((key, section) -> {
            boolean isUsed = used.secrets().contains(key);
            Optional<FileContent> content = reader.read(section, isUsed);
            if (isUsed) {
                content.ifPresent(found -> secrets.put(key, new ComposeSecret(key, found, section.location())));
            }
        });
        return secrets;
    }
}
