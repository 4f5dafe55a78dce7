package dev.portolan.compose;

/** The chapter "Volumes": an entry of the top-level {@code volumes}. */
final class VolumeReader {
    private VolumeReader() {}

    static ComposeVolume read(String key, Section volume, String project) {
        boolean external = volume.truth("external", false);
        return new ComposeVolume(
                key,
                volume.text("name").filter(name -> !name.equals(project + "_" + key)),
                volume.text("driver"),
                volume.options("driver_opts"),
                volume.options("labels"),
                external,
                volume.location());
    }
}
