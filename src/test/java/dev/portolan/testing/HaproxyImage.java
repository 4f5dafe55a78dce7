package dev.portolan.testing;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.model.ImageSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Assumptions;

/** An image of this machine's own HAProxy with the libraries that it loads, and nothing else. */
public final class HaproxyImage {
    private static final String NAME = "portolan-test/haproxy:1";
    private static final Path PROGRAM = Path.of("/usr/sbin/haproxy");
    private static final Pattern LIBRARY = Pattern.compile("(?:=> |^\\s*)(/\\S+) \\(0x", Pattern.MULTILINE);

    private HaproxyImage() {}

    /** Makes the image if the engine does not have it. A test is skipped where the machine has no HAProxy. */
    public static ImageSource in(ContainerEngine engine) {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "this machine has no HAProxy of its own");
        if (engine.imageDigest(NAME).isEmpty()) {
            try {
                engine.importImage(NAME, new ByteArrayInputStream(root()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ImageSource.Pulled(NAME, engine.imageDigest(NAME).orElseThrow());
    }

    private static byte[] root() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            add(tar, PROGRAM, "usr/bin/haproxy");
            Matcher libraries = LIBRARY.matcher(Commands.run("ldd", PROGRAM.toString()));
            while (libraries.find()) {
                Path library = Path.of(libraries.group(1));
                add(tar, library, libraries.group(1).substring(1));
            }
            tar.finish();
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, Path file, String name) throws IOException {
        byte[] content = Files.readAllBytes(file);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(0755);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
