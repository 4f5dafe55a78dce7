package dev.portolan;

import dev.portolan.model.SecretSource;
import dev.portolan.secrets.SecretFile;
import dev.portolan.secrets.SecretStore;
import dev.portolan.secrets.SecretStores;
import dev.portolan.secrets.age.AgeStore;
import dev.portolan.secrets.aws.AwsStore;
import dev.portolan.secrets.command.CommandStore;
import dev.portolan.secrets.environment.EnvironmentStore;
import dev.portolan.secrets.vault.VaultStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The stores that a project may have. What one of them needs is loaded when it is first asked.
 *
 * @param folder of the project
 * @param opened each once
 */
record LocalStores(Path folder, Map<String, String> environment, Map<SecretSource, SecretStore> opened)
        implements SecretStores {

    LocalStores(Path folder, Map<String, String> environment) {
        this(folder, environment, new ConcurrentHashMap<>());
    }

    @Override
    public SecretStore at(SecretSource source) {
        return opened.computeIfAbsent(source, this::open);
    }

    private SecretStore open(SecretSource source) {
        return switch (source) {
            case SecretSource.Age(String file) ->
                new AgeStore(folder.resolve(file), environment, InstantSource.system());
            case SecretSource.Aws aws -> new AwsStore(aws);
            case SecretSource.Vault vault -> new VaultStore(vault, environment);
            case SecretSource.Environment() -> new EnvironmentStore(environment);
            case SecretSource.Command(var command) -> new CommandStore(command, folder, environment);
        };
    }

    static SecretFile file(Path file, Map<String, String> environment) {
        return new AgeStore(file, environment, InstantSource.system());
    }
}
