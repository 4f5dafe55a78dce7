package dev.portolan.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portolan.docker.ContainerEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Images that are made on the spot, from the machine's own packages: nothing is fetched from a registry. */
public final class TestImages {
    /** A static busybox with its commands in {@code /bin}, a {@code /tmp}, and no command of its own. */
    public static final String BUSYBOX = "portolan-test/busybox:1";

    private static final Path BUSYBOX_FILE = Path.of("/bin/busybox");
    private static final int EVERYBODYS_FOLDER = 01777;
    private static final int PROGRAM = 0755;
    private static final int TEXT = 0644;

    private TestImages() {}

    /** Makes the image if the engine does not have it, and returns its name. */
    public static String busybox(ContainerEngine engine) {
        if (engine.imageDigest(BUSYBOX).isEmpty()) {
            try {
                engine.importImage(BUSYBOX, new ByteArrayInputStream(busyboxRoot()));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return BUSYBOX;
    }

    private static byte[] busyboxRoot() throws IOException {
        Path program = staticBusybox();
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (String folder : List.of("bin/", "etc/", "proc/", "sys/", "dev/", "run/", "var/")) {
                add(tar, new TarArchiveEntry(folder), PROGRAM, new byte[0]);
            }
            add(tar, new TarArchiveEntry("tmp/"), EVERYBODYS_FOLDER, new byte[0]);
            add(tar, new TarArchiveEntry("bin/busybox"), PROGRAM, Files.readAllBytes(program));
            add(tar, new TarArchiveEntry("etc/passwd"), TEXT, "root:x:0:0:root:/:/bin/sh\n".getBytes(UTF_8));
            add(tar, new TarArchiveEntry("etc/group"), TEXT, "root:x:0:\n".getBytes(UTF_8));
            for (String command :
                    Commands.run(program.toString(), "--list").lines().toList()) {
                if (!command.equals("busybox")) {
                    var link = new TarArchiveEntry("bin/" + command, TarConstants.LF_SYMLINK);
                    link.setLinkName("busybox");
                    tar.putArchiveEntry(link);
                    tar.closeArchiveEntry();
                }
            }
            tar.finish();
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, TarArchiveEntry entry, int mode, byte[] content)
            throws IOException {
        entry.setMode(mode);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** The machine's own if it is static, otherwise one out of the package, which is not installed for it. */
    private static Path staticBusybox() throws IOException {
        Optional<Path> own = Optional.of(BUSYBOX_FILE).filter(Files::isExecutable);
        if (own.isPresent() && isStatic(own.get())) {
            return own.get();
        }
        Path folder = Files.createDirectories(Path.of("target/busybox")).toAbsolutePath();
        Optional<Path> extracted = extracted(folder);
        if (extracted.isPresent()) {
            return extracted.get();
        }
        Packages.unpack("busybox-static", folder);
        return extracted(folder).orElseThrow();
    }

    private static Optional<Path> extracted(Path folder) {
        return List.of("usr/bin/busybox", "bin/busybox").stream()
                .map(folder::resolve)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A program that is linked at run time names its loader. */
    private static boolean isStatic(Path program) throws IOException {
        return !new String(Files.readAllBytes(program), ISO_8859_1).contains("/ld-linux");
    }
}
