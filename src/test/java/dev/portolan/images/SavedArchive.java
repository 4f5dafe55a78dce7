package dev.portolan.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.model.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** What {@code docker save} writes of an image with these layers, as Docker 20.10 does and as later ones do. */
record SavedArchive(List<byte[]> layers) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    byte[] configuration() {
        ObjectNode configuration = JSON.objectNode().put("os", "linux").put("architecture", "amd64");
        var digests = configuration.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        layers.forEach(layer -> digests.add(digestOf(layer)));
        return configuration.toString().getBytes(UTF_8);
    }

    String id() {
        return digestOf(configuration());
    }

    static String digestOf(byte[] content) {
        return "sha256:" + Fingerprint.of(content);
    }

    SavedImage in(Path folder) throws IOException {
        return SavedImage.read(asOldEnginesDo(), folder);
    }

    /** A folder for each layer; one that is there twice is a link the second time. */
    InputStream asOldEnginesDo() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            List<String> names = new ArrayList<>();
            for (int index = layers.size() - 1; index >= 0; index--) {
                String name = "f" + (9 - index) + "/layer.tar";
                names.addFirst(name);
                int first = indexOf(layers.get(index));
                if (first == index) {
                    add(tar, name, layers.get(index));
                } else {
                    var link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
                    link.setLinkName("../f" + (9 - first) + "/layer.tar");
                    tar.putArchiveEntry(link);
                    tar.closeArchiveEntry();
                }
            }
            add(tar, "abc.json", configuration());
            add(tar, "manifest.json", contents("abc.json", names));
            add(tar, "repositories", "{}".getBytes(UTF_8));
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private int indexOf(byte[] layer) {
        for (int index = 0; index < layers.size(); index++) {
            if (java.util.Arrays.equals(layers.get(index), layer)) {
                return index;
            }
        }
        throw new AssertionError("no such layer");
    }

    /** Blobs by their digest. */
    InputStream asNewEnginesDo() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            String configuration = blob(configuration());
            add(tar, configuration, configuration());
            for (byte[] layer : layers) {
                add(tar, blob(layer), layer);
            }
            add(tar, "index.json", "{}".getBytes(UTF_8));
            add(
                    tar,
                    "manifest.json",
                    contents(
                            configuration,
                            layers.stream().map(SavedArchive::blob).toList()));
            add(tar, "oci-layout", "{\"imageLayoutVersion\": \"1.0.0\"}".getBytes(UTF_8));
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static String blob(byte[] content) {
        return "blobs/sha256/" + Fingerprint.of(content);
    }

    private static byte[] contents(String configuration, List<String> layers) {
        ObjectNode image = JSON.objectNode().put("Config", configuration).putNull("RepoTags");
        layers.forEach(image.putArray("Layers")::add);
        return JSON.arrayNode().add(image).toString().getBytes(UTF_8);
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
