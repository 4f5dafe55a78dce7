package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ContainerSpec.Storage;
import dev.portolan.model.MountOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Mounts in the engine's words. It has two languages for them, which do not mean the same: a bind makes a folder of the host that is
 * not there and a mount is refused, and only a mount has options. As Docker Compose does: a bind where it can say it.
 */
final class StorageBody {

    private StorageBody() {}

    static void into(ObjectNode host, Storage storage) {
        List<String> binds = new ArrayList<>();
        ArrayNode mounts = JsonNodeFactory.instance.arrayNode();
        for (Mount mount : storage.mounts()) {
            bind(mount).ifPresentOrElse(binds::add, () -> mounts.add(mount(mount)));
        }
        FilePlacement.volumes(storage)
                .forEach(folder -> mounts.add(mount(new Mount(Mount.Kind.VOLUME, "", folder, false))));
        ContainerBody.texts(host, "Binds", binds);
        ContainerBody.texts(
                host,
                "VolumesFrom",
                storage.volumesFrom().stream().map(StorageBody::container).toList());
        if (!mounts.isEmpty()) {
            host.set("Mounts", mounts);
        }
        ContainerBody.strings(host.putObject("Tmpfs"), storage.tmpfs());
        host.put("ReadonlyRootfs", storage.readOnly());
    }

    /** Its name or id, without the word that says so. */
    private static String container(String from) {
        return from.substring(from.indexOf(':') + 1);
    }

    /** Empty when it takes a mount; also with a colon in a path, which would end it. */
    private static Optional<String> bind(Mount mount) {
        boolean can = switch (mount.kind()) {
            case BIND -> mount.options().map(StorageBody::canBind).orElse(true);
            case VOLUME -> !mount.source().isEmpty() && mount.options().isEmpty();
            case TMPFS, IMAGE -> false;
            case FILES, DATA -> throw nowhere(mount);
        };
        if (!can || (mount.source() + mount.target()).contains(":")) {
            return Optional.empty();
        }
        return Optional.of(mount.source() + ":" + mount.target() + ":" + (mount.readOnly() ? "ro" : "rw")
                + mount.options().map(StorageBody::label).orElse(""));
    }

    private static IllegalArgumentException nowhere(Mount mount) {
        return new IllegalArgumentException("a mount that no host has found a place for: " + mount);
    }

    private static boolean canBind(MountOptions options) {
        return !(options instanceof MountOptions.OfBind bind)
                || (!bind.sourceMustExist()
                        && bind.propagation().isEmpty()
                        && bind.recursive().isEmpty());
    }

    private static String label(MountOptions options) {
        return options instanceof MountOptions.OfBind bind && !bind.label().isEmpty() ? "," + bind.label() : "";
    }

    private static ObjectNode mount(Mount mount) {
        String type = switch (mount.kind()) {
            case BIND -> "bind";
            case VOLUME -> "volume";
            case TMPFS -> "tmpfs";
            case IMAGE -> "image";
            case FILES, DATA -> throw nowhere(mount);
        };
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("Type", type);
        ContainerBody.text(body, "Source", mount.source());
        body.put("Target", mount.target());
        if (mount.readOnly()) {
            body.put("ReadOnly", true);
        }
        mount.options().ifPresent(options -> options(body, options));
        return body;
    }

    private static void options(ObjectNode body, MountOptions options) {
        switch (options) {
            case MountOptions.OfBind bind -> bindOptions(body.putObject("BindOptions"), bind);
            case MountOptions.OfVolume volume -> {
                ObjectNode wanted = body.putObject("VolumeOptions");
                flag(wanted, "NoCopy", volume.noCopy());
                ContainerBody.text(wanted, "Subpath", volume.subpath());
                ContainerBody.texts(wanted, "Labels", volume.labels());
            }
            case MountOptions.OfTmpfs tmpfs -> {
                ObjectNode wanted = body.putObject("TmpfsOptions");
                ContainerBody.number(wanted, "SizeBytes", tmpfs.sizeBytes());
                ContainerBody.number(wanted, "Mode", tmpfs.mode());
            }
            case MountOptions.OfImage image ->
                ContainerBody.text(body.putObject("ImageOptions"), "Subpath", image.subpath());
        }
    }

    private static void bindOptions(ObjectNode wanted, MountOptions.OfBind bind) {
        ContainerBody.text(wanted, "Propagation", bind.propagation());
        flag(wanted, "CreateMountpoint", !bind.sourceMustExist());
        flag(wanted, "NonRecursive", bind.recursive().equals("disabled"));
        flag(wanted, "ReadOnlyNonRecursive", bind.recursive().equals("writable"));
        flag(wanted, "ReadOnlyForceRecursive", bind.recursive().equals("readonly"));
    }

    private static void flag(ObjectNode body, String name, boolean set) {
        if (set) {
            body.put(name, true);
        }
    }
}
