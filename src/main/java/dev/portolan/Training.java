package dev.portolan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a list of commands in one process, so that the build can record the classes that they load. */
final class Training {

    private Training() {}

    /**
     * @param arguments a file with one command line each line; {@code #} begins a comment
     */
    public static void main(String[] arguments) throws IOException {
        for (List<String> command : commands(Files.readString(Path.of(arguments[0])))) {
            Main.run(command);
        }
    }

    static List<List<String>> commands(String lines) {
        return lines.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> List.of(line.split("\\s+")))
                .toList();
    }
}
