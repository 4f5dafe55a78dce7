package dev.portolan.images;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.docker.ImageStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/**
 * What {@code docker load} takes, compressed, with some of an image's layers: an engine looks into the archive only for those that it does
 * not have. With the last layer it is the image itself, and otherwise one of the layers until there, which keeps them on the engine
 * until the rest has come.
 */
final class LoadArchive implements ImageStore.Archive {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String LAYER = "portolan-layer-";
    private static final Pattern MISSING = Pattern.compile(LAYER + "(\\d+)");
    private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;

    private final SavedImage image;
    private final List<String> names;
    private final int from;
    private final int to;

    /**
     * @param names of the image
     * @param from the first layer that is in it
     * @param to after the last one
     */
    LoadArchive(SavedImage image, List<String> names, int from, int to) {
        this.image = image;
        this.names = List.copyOf(names);
        this.from = from;
        this.to = to;
    }

    /** Told how much of a layer has been written. */
    @FunctionalInterface
    interface Meter {

        /** @param bytes of the layer, uncompressed */
        void wrote(Layer layer, long bytes);
    }

    /** Which layer an engine did not find in an archive, by its words about a file that only we call so. */
    static OptionalInt missingIn(String words) {
        Matcher file = MISSING.matcher(words);
        return file.find() ? OptionalInt.of(Integer.parseInt(file.group(1))) : OptionalInt.empty();
    }

    boolean isWholeImage() {
        return to == image.layers().size();
    }

    List<Layer> layers() {
        return image.layers().subList(from, to);
    }

    /** Uncompressed. */
    long layerBytes() {
        return layers().stream().mapToLong(Layer::size).sum();
    }

    /** A name for it as a file, the same whenever it has the same content. */
    String fileName() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(head());
            return HexFormat.of().formatHex(digest.digest()).substring(0, 32) + "-" + from + "-" + to + "-"
                    + Runtime.version().feature();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
        writeTo(target, 0, (layer, bytes) -> {});
    }

    /**
     * @param skip how many bytes at the beginning are left out
     * @param meter is told also what was left out
     * @return how many bytes were written
     */
    long writeTo(OutputStream target, long skip, Meter meter) throws IOException {
        var output = new Skipping(target, skip);
        output.write(Layer.compressed(head()));
        for (Layer layer : layers()) {
            output.write(Layer.compressed(header(LAYER + layer.index(), layer.size())));
            long done = 0;
            List<Layer.Piece> pieces = layer.pieces();
            for (int number = 0; number < pieces.size(); number++) {
                if (number + 1 < pieces.size()) {
                    prepare(pieces.get(number + 1));
                }
                output.write(Files.readAllBytes(pieces.get(number).compressed()));
                done += pieces.get(number).size();
                meter.wrote(layer, done);
            }
            output.write(Layer.compressed(padding(layer.size())));
        }
        output.write(Layer.compressed(new byte[2 * RECORD]));
        target.flush();
        return output.written;
    }

    /** While one piece travels, the next one is compressed. */
    private static void prepare(Layer.Piece piece) {
        Thread.ofVirtual().start(() -> {
            try {
                piece.compressed();
            } catch (IOException again) {
                // whoever writes it says so
            }
        });
    }

    /** What the engine reads first. */
    private byte[] head() {
        var head = new ByteArrayOutputStream();
        file(head, "config.json", configuration());
        file(head, "manifest.json", contents());
        return head.toByteArray();
    }

    private byte[] configuration() {
        if (isWholeImage()) {
            return image.configuration();
        }
        ObjectNode part = JSON.objectNode().put("os", image.said("os")).put("architecture", image.said("architecture"));
        part.putObject("config").putObject("Labels").put(ImageStore.PART_OF, partOf(names));
        ObjectNode layers = part.putObject("rootfs").put("type", "layers");
        var digests = layers.putArray("diff_ids");
        image.layers().subList(0, to).forEach(layer -> digests.add(layer.digest()));
        return part.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What the parts of an image of these names are labelled with: its repository, so that its next version removes what is left. */
    static String partOf(List<String> names) {
        return names.isEmpty()
                ? "unnamed"
                : names.getFirst().substring(0, names.getFirst().lastIndexOf(':'));
    }

    private byte[] contents() {
        ObjectNode contents = JSON.objectNode().put("Config", "config.json");
        var tags = contents.putArray("RepoTags");
        if (isWholeImage()) {
            names.forEach(tags::add);
        }
        var files = contents.putArray("Layers");
        image.layers().subList(0, to).forEach(layer -> files.add(LAYER + layer.index()));
        return JSON.arrayNode().add(contents).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void file(ByteArrayOutputStream target, String name, byte[] content) {
        target.writeBytes(header(name, content.length));
        target.writeBytes(content);
        target.writeBytes(padding(content.length));
    }

    private static byte[] header(String name, long size) {
        var entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setModTime(0);
        entry.setMode(0600);
        byte[] header = new byte[RECORD];
        try {
            entry.writeEntryHeader(header, ZipEncodingHelper.getZipEncoding("UTF-8"), true); // of more than 8 GiB too
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return header;
    }

    private static byte[] padding(long size) {
        return new byte[(int) ((RECORD - size % RECORD) % RECORD)];
    }

    /** Leaves out the beginning. */
    private static final class Skipping {
        private final OutputStream target;
        private long skip;
        private long written;

        Skipping(OutputStream target, long skip) {
            this.target = target;
            this.skip = skip;
        }

        void write(byte[] bytes) throws IOException {
            int left = (int) Math.min(skip, bytes.length);
            skip -= left;
            target.write(bytes, left, bytes.length - left);
            written += bytes.length - left;
        }
    }
}
