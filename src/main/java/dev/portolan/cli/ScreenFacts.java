package dev.portolan.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What can be done with the terminal.
 *
 * @param colours whether words may be coloured
 * @param unicode whether it shows more than ASCII
 * @param redraws whether lines can be drawn again in place
 */
public record ScreenFacts(
        boolean inputIsTerminal, boolean outputIsTerminal, boolean colours, boolean unicode, boolean redraws) {

    static ScreenFacts of(Map<String, String> environment, boolean unicode) {
        boolean input = isTerminal(0);
        boolean output = isTerminal(1);
        boolean able = output && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        // https://no-color.org: present and not empty
        boolean colours = able && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new ScreenFacts(input, output, colours, unicode, able);
    }

    /** Without loading what Java has for it: its Console answers for input and output together only. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException unreadable) {
                return false;
            }
        }
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
