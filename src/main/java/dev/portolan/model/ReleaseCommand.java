package dev.portolan.model;

import java.time.Duration;
import java.util.List;

/**
 * What a release runs once before it goes anywhere, such as the migration of a database.
 *
 * @param service of which the container is made that it runs in
 * @param command and its arguments, at least one word
 * @param limit for its end
 */
public record ReleaseCommand(String service, List<String> command, Duration limit) {

    public ReleaseCommand {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a release command without a word");
        }
    }

    /** As a person would type it. */
    public String text() {
        return String.join(" ", command);
    }
}
