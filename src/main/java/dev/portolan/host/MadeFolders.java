package dev.portolan.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a host remembers which folders of data it has made: a line each, with the digest of what the folder held at first, which may be
 * empty, and its name. Names are encoded, so that any of them fits into a line.
 */
public final class MadeFolders {

    private MadeFolders() {}

    /** @return digests by name */
    public static Map<String, String> read(String text) {
        Map<String, String> folders = new TreeMap<>();
        text.lines().forEach(line -> {
            int space = line.indexOf(' ');
            folders.put(URLDecoder.decode(line.substring(space + 1), UTF_8), line.substring(0, space));
        });
        return folders;
    }

    /** @param folders digests by name */
    public static String text(Map<String, String> folders) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(folders)
                .forEach((name, digest) -> lines.append(digest)
                        .append(' ')
                        .append(URLEncoder.encode(name, UTF_8))
                        .append('\n'));
        return lines.toString();
    }
}
