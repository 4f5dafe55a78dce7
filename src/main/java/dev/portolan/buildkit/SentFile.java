package dev.portolan.buildkit;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file, folder or link as BuildKit is told of it.
 *
 * @param mode kind and rights as Go writes them in 32 bits
 * @param modified in nanoseconds since 1970
 * @param link where a symbolic link leads; otherwise empty
 */
record SentFile(String path, int mode, long size, long modified, String link, Content content) {
    static final int FOLDER = 1 << 31;
    static final int LINK = 1 << 27;
    private static final int SET_USER = 1 << 23;
    private static final int SET_GROUP = 1 << 22;
    private static final int STICKY = 1 << 20;

    /** Of a regular file. */
    sealed interface Content {

        record None() implements Content {}

        record OnDisk(Path path) implements Content {}

        record Text(ByteString bytes) implements Content {}
    }

    /** @param mode rights as the system has them, in twelve bits */
    static int rights(int mode) {
        return (mode & 0777)
                | ((mode & 04000) != 0 ? SET_USER : 0)
                | ((mode & 02000) != 0 ? SET_GROUP : 0)
                | ((mode & 01000) != 0 ? STICKY : 0);
    }

    boolean isRegular() {
        return (mode & (FOLDER | LINK)) == 0;
    }

    InputStream open() throws IOException {
        return switch (content) {
            case Content.None() -> InputStream.nullInputStream();
            case Content.OnDisk(Path file) -> Files.newInputStream(file);
            case Content.Text(ByteString bytes) -> bytes.newInput();
        };
    }

    /** Everything belongs to root, as the docker command has it. */
    MessageWriter stat() {
        return new MessageWriter()
                .text(1, path)
                .number(2, Integer.toUnsignedLong(mode))
                .number(5, size)
                .number(6, modified)
                .text(7, link);
    }
}
