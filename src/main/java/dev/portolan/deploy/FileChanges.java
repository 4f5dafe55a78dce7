package dev.portolan.deploy;

import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.Service;
import dev.portolan.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which files of the project differ between two versions of a service. Pure. */
final class FileChanges {
    private static final int NAMED_AT_MOST = 5;

    private FileChanges() {}

    /** One text a mount, such as {@code files ./conf/a.conf, ./conf/b.conf}. */
    static List<String> between(Service before, Workload then, Service after, Workload now) {
        List<String> changes = new ArrayList<>();
        for (Mount mount : after.container().storage().mounts()) {
            before.container().storage().mounts().stream()
                    .filter(old -> old.kind() == Mount.Kind.FILES
                            && mount.kind() == Mount.Kind.FILES
                            && old.target().equals(mount.target())
                            && !old.source().equals(mount.source()))
                    .findFirst()
                    .map(old -> text(files(then, old), files(now, mount), mount.target()))
                    .filter(text -> !changes.contains(text))
                    .ifPresent(changes::add);
        }
        return changes;
    }

    /** The same service as if it mounted the files of the other: what else differs? */
    static Service withFilesOf(Service other, Service service) {
        var container = service.container();
        return service.with(
                container.with(container
                        .storage()
                        .with(mount -> other.container().storage().mounts().stream()
                                .filter(old -> old.kind() == mount.kind()
                                        && mount.kind() == Mount.Kind.FILES
                                        && old.target().equals(mount.target()))
                                .findFirst()
                                .orElse(mount))),
                service.hash());
    }

    private static Optional<ReleaseFiles> files(Workload workload, Mount mount) {
        return workload.files().stream()
                .filter(files -> files.digest().equals(mount.source()))
                .findFirst();
    }

    private static String text(Optional<ReleaseFiles> before, Optional<ReleaseFiles> after, String target) {
        if (after.isEmpty()) {
            return "files in " + target;
        }
        List<String> names = before.isEmpty() ? List.of() : changed(before.get(), after.get());
        if (names.isEmpty()) {
            return "files " + after.get().text();
        }
        int more = names.size() - NAMED_AT_MOST;
        return (names.size() == 1 ? "file " : "files ")
                + String.join(", ", names.subList(0, Math.min(NAMED_AT_MOST, names.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** Of a folder what is in it, since the folder itself is in its place as before. */
    private static List<String> changed(ReleaseFiles before, ReleaseFiles after) {
        Map<String, String> old = before.parts();
        Map<String, String> now = after.parts();
        if (old.isEmpty() || now.isEmpty() || !before.name().equals(after.name())) {
            return List.of();
        }
        Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        names.removeIf(name -> Optional.ofNullable(old.get(name)).equals(Optional.ofNullable(now.get(name))));
        return names.stream()
                .map(name -> name.isEmpty() ? after.text() : after.text() + "/" + name)
                .toList();
    }
}
