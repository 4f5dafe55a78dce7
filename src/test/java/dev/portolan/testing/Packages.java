package dev.portolan.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Packages of the machine's own distribution. */
public final class Packages {

    private Packages() {}

    /** Installs packages; needs root. */
    public static void install(String... names) throws IOException {
        var command = new ArrayList<>(List.of("apt-get", "install", "-y", "-q", "--no-install-recommends"));
        command.addAll(List.of(names));
        try {
            Commands.run(command.toArray(String[]::new));
        } catch (IOException e) {
            // A fresh machine has no lists of packages yet.
            Commands.run("apt-get", "update", "-q");
            Commands.run(command.toArray(String[]::new));
        }
    }

    /** Puts the files of a package into a folder, without installing it. */
    static void unpack(String name, Path folder) throws IOException {
        String script = "cd \"$1\" && apt-get download -q \"$2\" && dpkg-deb -x \"$2\"_*.deb .";
        try {
            Commands.run("sh", "-c", script, "sh", folder.toString(), name);
        } catch (IOException e) {
            // A fresh machine has no lists of packages yet.
            Commands.run("apt-get", "update", "-q");
            Commands.run("sh", "-c", script, "sh", folder.toString(), name);
        }
    }
}
