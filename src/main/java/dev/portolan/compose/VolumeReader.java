package dev.portolan.compose;

import dev.portolan.yaml.YamlNode.Entry;
import java.util.Set;

/** The chapter "Volumes": an entry of the top-level {@code volumes}. */
final class VolumeReader {
    private static final Set<String> OF_EXTERNAL = Set.of("name", "external");

    private VolumeReader() {}

    static ComposeVolume read(String key, Section volume) {
        boolean external = volume.truth("external", false);
        if (external) {
            for (Entry entry : volume.mapping().entries()) {
                if (!OF_EXTERNAL.contains(entry.key()) && !Specification.isExtension(entry.key())) {
                    volume.problems()
                            .error(
                                    entry.keyLocation(),
                                    volume.path().child(entry.key()),
                                    "an external volume has only a name",
                                    "remove it, or remove external");
                }
            }
        }
        return new ComposeVolume(
                key,
                volume.text("name"),
                volume.text("driver"),
                volume.options("driver_opts"),
                volume.options("labels"),
                external,
                volume.location());
    }
}
