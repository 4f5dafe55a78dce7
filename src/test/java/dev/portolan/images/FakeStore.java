package dev.portolan.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.docker.EngineException;
import dev.portolan.docker.ImageStore;
import dev.portolan.model.ImageSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The store of an engine that loads as Docker's does: a layer is known by all the digests until it, only one that is not known is looked
 * for in the archive, and a load that fails leaves nothing.
 */
final class FakeStore implements ImageStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Digests of layers by the image's id. */
    final Map<String, List<String>> images = new HashMap<>();

    final Map<String, String> idByName = new HashMap<>();
    private final Map<String, String> partsOf = new HashMap<>();
    /** What of layers came, in order. */
    final List<String> arrived = new ArrayList<>();

    private int loads;
    long bytes;
    boolean wholeOnly;
    /** Recorded words of an engine that does not say which file is missing; empty for those of Docker 20.10. */
    String otherWords = "";

    String refusal = "";
    /** How many parts of images somebody removes as soon as they are there. */
    int pruned;
    /** How many bytes come before the connection breaks; one for each time. */
    final List<Integer> breaks = new ArrayList<>();

    int loads() {
        return loads;
    }

    List<String> parts() {
        return List.copyOf(partsOf.keySet());
    }

    @Override
    public Loading load(Archive archive) {
        loads++;
        var received = new ByteArrayOutputStream();
        try {
            archive.writeTo(breaks.isEmpty() ? received : new Breaking(received, breaks.removeFirst()));
        } catch (IOException broken) {
            throw new EngineException(
                    "Could not load an image: the connection to the container engine broke", "again", broken);
        }
        bytes += received.size();
        if (!refusal.isEmpty()) {
            return refused(refusal);
        }
        try {
            return read(received.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Loading read(byte[] compressed) throws IOException {
        Map<String, byte[]> files = unpacked(compressed);
        JsonNode contents = JSON.readTree(Objects.requireNonNull(files.get("manifest.json")))
                .path(0);
        byte[] configuration =
                Objects.requireNonNull(files.get(contents.path("Config").asText()));
        JsonNode parsed = JSON.readTree(configuration);
        List<String> digests = new ArrayList<>();
        List<String> came = new ArrayList<>();
        for (JsonNode digest : parsed.path("rootfs").path("diff_ids")) {
            String name = contents.path("Layers").path(digests.size()).asText();
            digests.add(digest.asText());
            if (wholeOnly || !has(digests)) {
                byte[] layer = files.get(name);
                if (layer == null) {
                    return refused(
                            otherWords.isEmpty()
                                    ? "open /var/lib/docker/tmp/docker-import-631191057/" + name
                                            + ": no such file or directory"
                                    : otherWords);
                }
                if (!SavedArchive.digestOf(layer).equals(digest.asText())) {
                    return refused("invalid diffID for layer");
                }
                came.add(name);
            }
        }
        arrived.addAll(came);
        String id = SavedArchive.digestOf(configuration);
        images.put(id, digests);
        String part = parsed.path("config").path("Labels").path(PART_OF).asText();
        if (!part.isEmpty() && pruned-- > 0) {
            images.remove(id);
        } else if (!part.isEmpty()) {
            partsOf.put(id, part);
        }
        contents.path("RepoTags").forEach(name -> idByName.put(name.asText(), id));
        return new Loading.Loaded();
    }

    private boolean has(List<String> digests) {
        return images.values().stream()
                .anyMatch(layers -> layers.size() >= digests.size()
                        && layers.subList(0, digests.size()).equals(digests));
    }

    private static Loading refused(String words) {
        return new Loading.Refused(
                new EngineException("Could not load an image: " + words, "see why", new IOException(words)));
    }

    private static Map<String, byte[]> unpacked(byte[] compressed) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(compressed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), tar.readAllBytes());
            }
        }
        return files;
    }

    @Override
    public boolean takesWholeImagesOnly() {
        return wholeOnly;
    }

    @Override
    public void removeParts(String of) {
        Set<String> removed = new HashSet<>();
        partsOf.forEach((id, value) -> {
            if (value.equals(of)) {
                removed.add(id);
            }
        });
        removed.forEach(images::remove);
        partsOf.keySet().removeAll(removed);
    }

    @Override
    public Optional<Stored> find(ImageSource image) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void save(String id, Reader reader) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void recognize(ImageSource.Pulled image) {
        throw new UnsupportedOperationException();
    }

    /** A connection that breaks. */
    static final class Breaking extends OutputStream {
        private final OutputStream target;
        private int left;

        Breaking(OutputStream target, int left) {
            this.target = target;
            this.left = left;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            int passed = Math.min(left, length);
            target.write(source, offset, passed);
            left -= passed;
            if (passed < length) {
                throw new IOException("Broken pipe");
            }
        }
    }
}
