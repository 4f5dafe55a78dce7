package dev.portolan.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Files that the demo carries.
 *
 * @param root of the program's resources, with {@code /} at both ends
 * @param names relative to the root, with {@code /} between them
 */
public record DemoFiles(String root, List<String> names) {
    /** Its app, with compose.yaml and portolan.yml. */
    public static final DemoFiles APP = new DemoFiles(
            "/demo/app/",
            List.of(
                    "compose.yaml",
                    "portolan.yml",
                    "app/Dockerfile",
                    "app/healthy",
                    "app/main.py",
                    "app/page.html",
                    "app/server.py",
                    "app/storage.py",
                    "app/web.py",
                    "app/websocket.py",
                    "app/worker.py"));

    /** What its images are built from where Docker Hub cannot be reached. */
    public static final DemoFiles IMAGES =
            new DemoFiles("/demo/images/", List.of("Dockerfile", "postgres-entrypoint", "prepare"));

    /** What a host of a fleet on one machine is built from. */
    public static final DemoFiles HOSTS =
            new DemoFiles("/demo/hosts/", List.of("Dockerfile", "first-process", "prepare", "sshd.conf"));

    private static final Set<String> PROGRAMS =
            Set.of("app/healthy", "first-process", "postgres-entrypoint", "prepare");

    public DemoFiles {
        names = List.copyOf(names);
    }

    /** Writes all of them below a folder, which is made as needed; files of the same names are replaced. */
    public void writeTo(Path folder) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, content(name));
            if (PROGRAMS.contains(name) && !file.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make " + file + " executable");
            }
        }
    }

    private byte[] content(String name) throws IOException {
        try (InputStream content = DemoFiles.class.getResourceAsStream(root + name)) {
            if (content == null) {
                throw new IOException("the program lacks its own file " + root + name);
            }
            return content.readAllBytes();
        }
    }
}
