package dev.portolan.compose;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** IP addresses in text; nothing is looked up. */
final class Addresses {
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private Addresses() {}

    static boolean isOne(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
