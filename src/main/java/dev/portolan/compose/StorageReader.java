package dev.portolan.compose;

import dev.portolan.compose.ComposeService.Storage;
import dev.portolan.model.MountOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The mounts and files of a service. */
final class StorageReader {
    private static final String ENGINE_SOCKET = "/var/run/docker.sock";

    private final Folder folder;

    StorageReader(Folder folder) {
        this.folder = folder;
    }

    Storage read(Section service) {
        List<ServiceVolume> volumes = new ArrayList<>();
        service.sections("volumes").forEach(section -> volume(section).ifPresent(volumes::add));
        if (service.truth("use_api_socket", false)) {
            volumes.add(engineSocket(service));
        }
        return new Storage(
                volumes,
                service.texts("tmpfs"),
                files(service, "configs", "/"),
                files(service, "secrets", "/run/secrets/"),
                service.truth("read_only", false),
                service.texts("volumes_from"));
    }

    private static ServiceVolume engineSocket(Section service) {
        return new ServiceVolume(
                ServiceVolume.Type.BIND,
                ENGINE_SOCKET,
                ENGINE_SOCKET,
                false,
                true,
                Optional.empty(),
                service.location("use_api_socket"));
    }

    private Optional<ServiceVolume> volume(Section section) {
        Problems problems = section.problems();
        String type = section.text("type", "");
        Optional<String> target = section.text("target");
        if (target.isEmpty()) {
            problems.error(
                    section.location(), section.path(), "the target is missing", "add target: /path/in/container");
            return Optional.empty();
        }
        Optional<String> source = section.text("source");
        ServiceVolume.Type kind;
        switch (type) {
            case "bind" -> {
                kind = ServiceVolume.Type.BIND;
                source = section.parsed("source", this::hostPath);
            }
            case "volume" -> kind = ServiceVolume.Type.VOLUME;
            case "tmpfs" -> kind = ServiceVolume.Type.TMPFS;
            case "image" -> kind = ServiceVolume.Type.IMAGE;
            case "cluster", "npipe" -> {
                problems.error(
                        section.location("type"),
                        section.path().child("type"),
                        "no engine on Linux mounts the type " + type + " outside of a Swarm",
                        "write type: volume or type: bind");
                return Optional.empty();
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(new ServiceVolume(
                kind,
                source.orElse(""),
                target.get(),
                section.truth("read_only", false),
                section.section("bind")
                        .map(bind -> bind.truth("create_host_path", false))
                        .orElse(false),
                options(section, kind),
                section.location()));
    }

    /** Those that say nothing are none. */
    private static Optional<MountOptions> options(Section volume, ServiceVolume.Type kind) {
        return switch (kind) {
            case BIND ->
                volume.section("bind")
                        .<MountOptions>map(bind -> new MountOptions.OfBind(
                                !bind.truth("create_host_path", false),
                                bind.text("propagation", ""),
                                bind.text("recursive", ""),
                                bind.text("selinux", "")))
                        .filter(said -> !said.equals(new MountOptions.OfBind(false, "", "", "")));
            case VOLUME ->
                volume.section("volume")
                        .<MountOptions>map(named -> new MountOptions.OfVolume(
                                named.truth("nocopy", false), named.text("subpath", ""), named.options("labels")))
                        .filter(said -> !said.equals(new MountOptions.OfVolume(false, "", Map.of())));
            case TMPFS ->
                volume.section("tmpfs")
                        .<MountOptions>map(tmpfs -> new MountOptions.OfTmpfs(tmpfs.bytes("size"), (int)
                                tmpfs.whole("mode", 0, Integer.MAX_VALUE).orElse(0)))
                        .filter(said -> !said.equals(new MountOptions.OfTmpfs(0, 0)));
            case IMAGE ->
                volume.section("image")
                        .<MountOptions>map(image -> new MountOptions.OfImage(image.text("subpath", "")))
                        .filter(said -> !said.equals(new MountOptions.OfImage("")));
        };
    }

    private String hostPath(String text) throws InvalidValue {
        if (text.matches("[a-zA-Z]:[\\\\/].*") || text.startsWith("\\\\")) {
            throw new InvalidValue("\"" + text + "\" is a path of Windows", "write a path of the host");
        }
        return folder.resolve(text).toString();
    }

    private static List<FileMount> files(Section service, String key, String start) {
        List<FileMount> files = new ArrayList<>();
        for (Section file : service.sections(key)) {
            String source = file.text("source", "");
            String target = file.text("target", source);
            files.add(new FileMount(
                    source,
                    target.startsWith("/") ? target : start + target,
                    number(file, "uid"),
                    number(file, "gid"),
                    mode(file),
                    file.location()));
        }
        return files;
    }

    private static OptionalInt number(Section file, String key) {
        OptionalLong number = file.whole(key, 0, Integer.MAX_VALUE);
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    private static OptionalInt mode(Section file) {
        Optional<Integer> mode = file.parsed("mode", text -> {
            try {
                int value = Integer.parseInt(text, 8);
                if (value >= 0 && value <= 07777) {
                    return value;
                }
            } catch (NumberFormatException notOctal) {
                // said below
            }
            throw new InvalidValue("\"" + text + "\" is no file mode", "write an octal number, such as 0440");
        });
        return mode.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
