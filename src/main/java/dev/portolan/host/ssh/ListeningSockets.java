package dev.portolan.host.ssh;

import java.net.Inet4Address;
import java.util.List;

/**
 * The sockets of a Linux machine that wait for connections of TCP, as {@code /proc/net/tcp} and {@code tcp6} list them: {@code proc(5)}.
 */
final class ListeningSockets {
    /** Prints both; a machine without one of the two has no such sockets. */
    static final String SCRIPT = "cat /proc/net/tcp /proc/net/tcp6 2>/dev/null; :";

    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final String LISTENING = "0A";

    private ListeningSockets() {}

    /** @param bind IPv4 address and port; {@code :80} for all addresses */
    static boolean taken(List<String> lines, String bind) {
        int colon = bind.lastIndexOf(':');
        String address = bind.substring(0, colon);
        String port = "%04X".formatted(Integer.parseInt(bind.substring(colon + 1)));
        return lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length > STATE && words[STATE].equals(LISTENING))
                .map(words -> words[LOCAL].split(":", -1))
                .anyMatch(local -> local[1].equals(port) && inTheWay(local[0], address));
    }

    private static boolean inTheWay(String listening, String wanted) {
        return wanted.isEmpty()
                || listening.chars().allMatch(digit -> digit == '0')
                || listening.endsWith(littleEndian(wanted));
    }

    /** Of an IPv4 address, which IPv6 sockets have at the end of theirs: the kernel prints its four bytes as a number of its own. */
    private static String littleEndian(String address) {
        byte[] bytes = Inet4Address.ofLiteral(address).getAddress();
        StringBuilder digits = new StringBuilder();
        for (int index = bytes.length - 1; index >= 0; index--) {
            digits.append("%02X".formatted(bytes[index]));
        }
        return digits.toString();
    }
}
