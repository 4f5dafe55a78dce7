package dev.portolan.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paths as they are written, without a look at the disk. */
final class PathText {

    private PathText() {}

    static boolean isAbsolute(String path) {
        return path.startsWith("/");
    }

    /** Without doubled slashes, {@code .} and {@code ..}; never empty. */
    static String cleaned(String path) {
        boolean absolute = isAbsolute(path);
        List<String> kept = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
                kept.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !(part.equals("..") && absolute)) {
                kept.add(part);
            }
        }
        String joined = String.join("/", kept);
        return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
    }

    /** A path below a folder; either may be empty. */
    static String joined(String folder, String path) {
        if (folder.isEmpty()) {
            return path.isEmpty() ? "" : cleaned(path);
        }
        return cleaned(folder + "/" + path);
    }

    /** The folder of a file. */
    static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "." : cleaned(file.substring(0, slash + 1));
    }

    /** How to come from a folder to a path, when both are absolute or both are not; else the path itself. */
    static String relative(String folder, String path) {
        if (isAbsolute(folder) != isAbsolute(path)) {
            return path;
        }
        List<String> from = parts(folder);
        List<String> to = parts(path);
        int common = 0;
        while (common < from.size() && common < to.size() && from.get(common).equals(to.get(common))) {
            common++;
        }
        List<String> way = new ArrayList<>();
        for (int index = common; index < from.size(); index++) {
            way.add("..");
        }
        way.addAll(to.subList(common, to.size()));
        return way.isEmpty() ? "." : String.join("/", way);
    }

    private static List<String> parts(String path) {
        String cleaned = cleaned(path);
        return cleaned.equals("/") || cleaned.equals(".")
                ? List.of()
                : List.of((isAbsolute(cleaned) ? cleaned.substring(1) : cleaned).split("/", -1));
    }

    /** With the home folder in the place of a tilde at the beginning, if it is known. */
    static String expanded(String path, Optional<String> home) {
        return path.startsWith("~") && home.isPresent() ? joined(home.get(), path.substring(1)) : path;
    }

    /** Whether it is absolute on Windows: with a drive, or a path of the network. */
    static boolean isAbsoluteOnWindows(String path) {
        return path.startsWith("\\\\")
                || path.startsWith("//")
                || (path.length() > 2
                        && Character.isLetter(path.charAt(0))
                        && path.charAt(1) == ':'
                        && "\\/".indexOf(path.charAt(2)) >= 0);
    }
}
