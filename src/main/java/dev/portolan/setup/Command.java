package dev.portolan.setup;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command of this machine, run without a shell.
 *
 * @param words the program and its arguments; at least one
 * @param environment variables beside the inherited ones
 */
public record Command(List<String> words, Map<String, String> environment) {

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
    }

    public static Command of(String... words) {
        return new Command(List.of(words), Map.of());
    }

    /** As one would type it in a shell. */
    @Override
    public String toString() {
        return Stream.concat(
                        environment.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(variable -> variable.getKey() + "=" + quoted(variable.getValue())),
                        words.stream().map(Command::quoted))
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
