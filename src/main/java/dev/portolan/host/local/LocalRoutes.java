package dev.portolan.host.local;

import dev.portolan.host.HostRoutes;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The routes of this machine as Linux tells them; other systems have no such file, and their engines a machine of their own. */
final class LocalRoutes implements HostRoutes {
    private static final int DESTINATION = 1;
    private static final int MASK = 7;

    private final Path table;

    LocalRoutes(Path table) {
        this.table = table;
    }

    @Override
    public Set<String> read() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(table);
        } catch (NoSuchFileException notLinux) {
            return Set.of();
        }
        Set<String> routes = new LinkedHashSet<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] words = line.strip().split("\\s+", -1);
            int prefix = words.length > MASK ? Integer.bitCount(Integer.parseUnsignedInt(words[MASK], 16)) : 0;
            if (prefix > 0) {
                routes.add(address(words[DESTINATION]) + "/" + prefix);
            }
        }
        return routes;
    }

    /** The kernel prints the four bytes, which are in the network's order, as one number in its own. */
    private static String address(String number) throws IOException {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(Integer.parseUnsignedInt(number, 16))
                .array();
        return InetAddress.getByAddress(bytes).getHostAddress();
    }
}
