package dev.portolan.host;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The IPv4 routes of a machine as Linux tells them in {@code /proc/net/route}. */
public final class RouteTable {
    /** Where they stand. */
    public static final String FILE = "/proc/net/route";

    private static final int DESTINATION = 1;
    private static final int MASK = 7;

    private RouteTable() {}

    /** @return networks such as {@code 10.8.0.0/16}, without the default route */
    public static Set<String> networks(List<String> lines) throws IOException {
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
