package dev.portolan.host.local;

import dev.portolan.host.HostRoutes;
import dev.portolan.host.RouteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/** The routes of this machine; systems other than Linux have no such file, and their engines a machine of their own. */
final class LocalRoutes implements HostRoutes {
    private final Path table;

    LocalRoutes(Path table) {
        this.table = table;
    }

    @Override
    public Set<String> read() throws IOException {
        try {
            return RouteTable.networks(Files.readAllLines(table));
        } catch (NoSuchFileException notLinux) {
            return Set.of();
        }
    }
}
