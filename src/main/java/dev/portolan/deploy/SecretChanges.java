package dev.portolan.deploy;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.ContainerSpec.Storage;
import dev.portolan.model.PinnedSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which secrets differ between two versions of a container. Versions only, never values. Pure. */
final class SecretChanges {
    private SecretChanges() {}

    /** One text a secret, such as {@code secret DATABASE_URL v3 -> v4}. */
    static List<String> between(ContainerSpec before, ContainerSpec after) {
        Map<String, PinnedSecret> old = byName(before);
        List<String> changes = new ArrayList<>();
        byName(after).forEach((name, now) -> {
            PinnedSecret then = old.get(name);
            if (then == null) {
                changes.add("secret " + name + " is new");
            } else if (!isSame(then, now)) {
                changes.add("secret " + name + " " + change(then, now));
            }
        });
        old.keySet().stream()
                .filter(name -> !byName(after).containsKey(name))
                .forEach(name -> changes.add("secret " + name + " goes"));
        return changes;
    }

    /** The storage as if its secrets were those of the other: what else differs? */
    static Storage withSecretFilesOf(ContainerSpec other, ContainerSpec container) {
        Map<String, FileInContainer> old = other.storage().files().stream()
                .collect(Collectors.toMap(FileInContainer::target, file -> file, (first, second) -> first));
        Storage storage = container.storage();
        return new Storage(
                storage.mounts(),
                storage.files().stream()
                        .map(file -> {
                            FileInContainer then = old.get(file.target());
                            return then != null
                                            && then.source() instanceof FileSource.Stored
                                            && file.source() instanceof FileSource.Stored
                                    ? new FileInContainer(
                                            file.target(),
                                            then.source(),
                                            then.digest(),
                                            file.mode(),
                                            file.user(),
                                            file.group(),
                                            file.toUser())
                                    : file;
                        })
                        .toList(),
                storage.tmpfs(),
                storage.readOnly(),
                storage.volumesFrom());
    }

    private static Map<String, PinnedSecret> byName(ContainerSpec container) {
        return StoredSecrets.of(container)
                .collect(
                        Collectors.toMap(PinnedSecret::name, secret -> secret, (first, second) -> first, TreeMap::new));
    }

    private static boolean isSame(PinnedSecret then, PinnedSecret now) {
        return then.source().equals(now.source())
                && then.key().equals(now.key())
                && then.identity().equals(now.identity());
    }

    private static String change(PinnedSecret then, PinnedSecret now) {
        if (!then.source().equals(now.source())) {
            return "from " + now.source().text();
        }
        return then.versionText()
                .flatMap(old -> now.versionText().map(text -> old + " -> " + text))
                .orElse("changed");
    }
}
