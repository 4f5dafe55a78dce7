package dev.portolan.images;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A layer of a saved image. It is compressed in pieces, each of which is compressed once however many hosts get it, and each of which is
 * complete in itself, so that any of them can be the next one to send.
 */
final class Layer {
    static final int PIECE_BYTES = 4 << 20;

    private final int index;
    private final String digest;
    private final Path file;
    private final long size;
    private final List<Piece> pieces;

    /** @param digest of its content, uncompressed, as the image's configuration has it */
    Layer(int index, String digest, Path file) throws IOException {
        this.index = index;
        this.digest = digest;
        this.file = file;
        this.size = Files.size(file);
        this.pieces = LongStream.range(0, (size + PIECE_BYTES - 1) / PIECE_BYTES)
                .mapToObj(number -> new Piece(number * PIECE_BYTES))
                .toList();
    }

    int index() {
        return index;
    }

    String digest() {
        return digest;
    }

    long size() {
        return size;
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** The same bytes each time: what a host has of them is a beginning of what it gets. */
    static byte[] compressed(byte[] content) {
        var target = new ByteArrayOutputStream();
        try {
            compress(new java.io.ByteArrayInputStream(content), target);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return target.toByteArray();
    }

    private static void compress(InputStream content, OutputStream target) throws IOException {
        try (var gzip = new Fast(target)) {
            content.transferTo(gzip);
        }
    }

    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream target) throws IOException {
            super(target, 64 << 10);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    final class Piece {
        private final long from;
        private final ReentrantLock compressing = new ReentrantLock();

        private Piece(long from) {
            this.from = from;
        }

        /** Of the layer, uncompressed. */
        long size() {
            return Math.min(PIECE_BYTES, size - from);
        }

        /** It, compressed, in a file beside the layer's. */
        Path compressed() throws IOException {
            Path target = file.resolveSibling(file.getFileName() + "-" + from + ".gz");
            compressing.lock();
            try {
                if (Files.notExists(target)) {
                    Path incomplete = file.resolveSibling(target.getFileName() + ".incomplete");
                    try (OutputStream output = Files.newOutputStream(incomplete)) {
                        compress(content(), output);
                    }
                    Files.move(incomplete, target, StandardCopyOption.REPLACE_EXISTING);
                }
            } finally {
                compressing.unlock();
            }
            return target;
        }

        private InputStream content() throws IOException {
            try (FileChannel channel = FileChannel.open(file)) {
                InputStream input = new BufferedInputStream(Channels.newInputStream(channel.position(from)));
                return new java.io.ByteArrayInputStream(input.readNBytes((int) size()));
            }
        }
    }
}
