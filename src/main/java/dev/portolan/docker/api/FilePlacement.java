package dev.portolan.docker.api;

import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ContainerSpec.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Where the files of a container are to lie. The engine cannot copy files into a read-only root, and what is copied below a
 * tmpfs is hidden by it once the container starts: in both cases an anonymous volume in place of the file's folder, which the
 * engine fills with what the image has there and removes with the container, carries them.
 */
final class FilePlacement {

    private FilePlacement() {}

    /** The folders that have to be volumes, sorted. */
    static List<String> volumes(Storage storage) {
        var folders = new TreeSet<String>();
        for (FileInContainer file : storage.files()) {
            String folder = folderOf(file.target());
            boolean mounted = storage.mounts().stream().anyMatch(mount -> carries(mount, folder));
            boolean hidden = tmpfs(storage).stream().anyMatch(target -> isAtOrBelow(folder, target));
            if (!folder.equals("/") && !mounted && (storage.readOnly() || hidden)) {
                folders.add(folder);
            }
        }
        return List.copyOf(folders);
    }

    private static boolean carries(Mount mount, String folder) {
        return mount.kind() != Mount.Kind.TMPFS && isAtOrBelow(folder, mount.target());
    }

    /**
     * The folder into which a file has to be copied, below which its name then lies: that of the innermost volume, because
     * the engine judges by that folder whether it may be written to.
     */
    static String base(Storage storage, FileInContainer file) {
        String folder = folderOf(file.target());
        var bases = new ArrayList<String>(volumes(storage));
        storage.mounts().stream()
                .filter(mount -> mount.kind() != Mount.Kind.TMPFS)
                .forEach(mount -> bases.add(mount.target()));
        return bases.stream()
                .filter(base -> isAtOrBelow(folder, base))
                .max(Comparator.comparingInt(String::length))
                .orElse("/");
    }

    private static List<String> tmpfs(Storage storage) {
        var targets = new ArrayList<>(storage.tmpfs().keySet());
        storage.mounts().stream()
                .filter(mount -> mount.kind() == Mount.Kind.TMPFS)
                .forEach(mount -> targets.add(mount.target()));
        return targets;
    }

    private static String folderOf(String target) {
        int slash = target.lastIndexOf('/');
        return slash <= 0 ? "/" : target.substring(0, slash);
    }

    private static boolean isAtOrBelow(String folder, String target) {
        String clean = target.endsWith("/") ? target.substring(0, target.length() - 1) : target;
        return folder.equals(clean) || folder.startsWith(clean + "/");
    }
}
