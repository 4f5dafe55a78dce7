package dev.portolan.compose;

import dev.portolan.compose.ComposeService.Storage;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The mounts and files of a service. */
final class StorageReader {
    private final Folder folder;

    StorageReader(Folder folder) {
        this.folder = folder;
    }

    Storage read(Section service) {
        List<ServiceVolume> volumes = new ArrayList<>();
        service.sections("volumes").forEach(section -> volume(section).ifPresent(volumes::add));
        Storage storage = new Storage(
                volumes,
                service.texts("tmpfs"),
                files(service, "configs", "/"),
                files(service, "secrets", "/run/secrets/"),
                service.truth("read_only", false));
        checkTargets(service, storage);
        return storage;
    }

    private Optional<ServiceVolume> volume(Section section) {
        Problems problems = section.problems();
        String type = section.text("type", "");
        if (type.isEmpty()) {
            problems.error(
                    section.location(), section.path(), "the type is missing", "add type: bind, volume or tmpfs");
            return Optional.empty();
        }
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
                if (source.isEmpty()) {
                    problems.error(
                            section.location(), section.path(), "a bind mount needs a source", "add source: ./path");
                    return Optional.empty();
                }
                source = section.parsed("source", this::hostPath);
            }
            case "volume" -> kind = ServiceVolume.Type.VOLUME;
            case "tmpfs" -> kind = ServiceVolume.Type.TMPFS;
            case "cluster", "npipe", "image" -> {
                problems.notYet(section.location("type"), section.path().child("type"), "the type " + type);
                return Optional.empty();
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(new ServiceVolume(
                kind,
                source.orElse(""),
                VolumeSyntax.cleaned(target.get()),
                section.truth("read_only", false),
                section.section("bind")
                        .map(bind -> bind.truth("create_host_path", false))
                        .orElse(false),
                section.location()));
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

    /** A number as it is, as {@code 0440} is octal in YAML already; a string is octal. */
    private static OptionalInt mode(Section file) {
        boolean quoted =
                file.mapping().value("mode").orElse(file.mapping()) instanceof Scalar scalar && scalar.quoted();
        Optional<Integer> mode = file.parsed("mode", text -> {
            try {
                int value = Integer.parseInt(text, quoted ? 8 : 10);
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

    private static void checkTargets(Section service, Storage storage) {
        Map<String, String> mounted = new LinkedHashMap<>();
        for (int index = 0; index < storage.tmpfs().size(); index++) {
            KeyPath path = service.path().child("tmpfs").child(index);
            String target = storage.tmpfs().get(index).split(":", 2)[0];
            claim(service, service.location("tmpfs"), path, target, mounted);
        }
        for (int index = 0; index < storage.volumes().size(); index++) {
            ServiceVolume volume = storage.volumes().get(index);
            claim(service, volume.location(), service.path().child("volumes").child(index), volume.target(), mounted);
        }
    }

    private static void claim(
            Section service, SourceLocation location, KeyPath path, String target, Map<String, String> mounted) {
        String before = mounted.putIfAbsent(target, path.toString());
        if (before != null) {
            service.problems()
                    .error(location, path, target + " is mounted already by " + before, "remove one of the two");
        }
    }
}
