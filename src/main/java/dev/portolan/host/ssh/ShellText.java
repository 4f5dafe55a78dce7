package dev.portolan.host.ssh;

import java.util.List;
import java.util.stream.Collectors;

/** Words of a command line for a POSIX shell. */
final class ShellText {

    private ShellText() {}

    /** As one word, whatever is in it but NUL. */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    static String command(List<String> words) {
        return words.stream().map(ShellText::quoted).collect(Collectors.joining(" "));
    }
}
