package dev.portolan.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image as an engine has saved it, in files of this machine. Engines write it in two ways, with folders of layers or as an OCI layout;
 * both have the same list of contents.
 */
final class SavedImage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENTS = "manifest.json";

    private final byte[] configuration;
    private final JsonNode parsed;
    private final List<Layer> layers;

    private SavedImage(byte[] configuration, JsonNode parsed, List<Layer> layers) {
        this.configuration = configuration;
        this.parsed = parsed;
        this.layers = layers;
    }

    /**
     * Reads an archive of {@code docker save} with one image in it.
     *
     * @param folder exists and is empty; keeps its layers
     * @throws IOException also when this is no such archive
     */
    static SavedImage read(InputStream archive, Path folder) throws IOException {
        Map<String, Path> files = unpack(archive, folder);
        JsonNode contents =
                JSON.readTree(Files.readAllBytes(file(files, CONTENTS))).path(0);
        byte[] configuration =
                Files.readAllBytes(file(files, contents.path("Config").asText()));
        JsonNode parsed = JSON.readTree(configuration);
        JsonNode digests = parsed.path("rootfs").path("diff_ids");
        JsonNode names = contents.path("Layers");
        if (digests.size() != names.size()) {
            throw new IOException("an image with " + digests.size() + " layers was saved with " + names.size());
        }
        List<Layer> layers = new ArrayList<>();
        for (int index = 0; index < names.size(); index++) {
            layers.add(new Layer(
                    index,
                    digests.path(index).asText(),
                    file(files, names.path(index).asText())));
        }
        return new SavedImage(configuration, parsed, List.copyOf(layers));
    }

    private static Map<String, Path> unpack(InputStream archive, Path folder) throws IOException {
        Map<String, Path> files = new HashMap<>();
        Map<String, String> links = new HashMap<>();
        int number = 0;
        try (var tar = new TarArchiveInputStream(archive)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isSymbolicLink()) {
                    links.put(entry.getName(), beside(entry.getName(), entry.getLinkName()));
                } else if (entry.isLink()) {
                    links.put(entry.getName(), entry.getLinkName());
                } else if (entry.isFile()) {
                    Path file = folder.resolve(Integer.toString(number++));
                    Files.copy(tar, file);
                    files.put(entry.getName(), file);
                }
            }
        }
        // an image that has a layer twice has it once in the archive
        links.forEach((name, target) -> {
            Path file = files.get(target);
            if (file != null) {
                files.put(name, file);
            }
        });
        return files;
    }

    private static String beside(String name, String target) {
        return Path.of(name).resolveSibling(target).normalize().toString();
    }

    private static Path file(Map<String, Path> files, String name) throws IOException {
        Path file = files.get(name);
        if (file == null) {
            throw new IOException(
                    "the engine saved an image without " + (name.isEmpty() ? "a list of contents" : name));
        }
        return file;
    }

    /** Whose SHA-256 is the image's id. */
    byte[] configuration() {
        return configuration;
    }

    /** A field of the configuration, such as {@code architecture}; empty text when it does not say. */
    String said(String field) {
        return parsed.path(field).asText();
    }

    List<Layer> layers() {
        return layers;
    }
}
