package dev.portolan.setup;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How commands get the rights of root on this machine. */
public enum Rights {
    ROOT,
    /** {@code sudo} without a password. */
    SUDO,
    NONE;

    /**
     * The command with root's rights.
     *
     * @throws IllegalStateException for {@link #NONE}
     */
    Command command(Map<String, String> environment, String... words) {
        return switch (this) {
            case ROOT -> new Command(List.of(words), environment);
            // sudo clears the environment, so the variables are arguments of env
            case SUDO ->
                new Command(
                        Stream.of(
                                        Stream.of("sudo", "-n"),
                                        environment.isEmpty() ? Stream.<String>empty() : Stream.of("env"),
                                        environment.entrySet().stream()
                                                .sorted(Map.Entry.comparingByKey())
                                                .map(variable -> variable.getKey() + "=" + variable.getValue()),
                                        Stream.of(words))
                                .flatMap(part -> part)
                                .toList(),
                        Map.of());
            case NONE -> throw new IllegalStateException("no rights for: " + String.join(" ", words));
        };
    }

    /** The command with root's rights; see {@link #command(Map, String...)}. */
    public Command command(String... words) {
        return command(Map.of(), words);
    }
}
