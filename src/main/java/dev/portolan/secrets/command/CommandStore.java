package dev.portolan.secrets.command;

import dev.portolan.model.ExitCode;
import dev.portolan.model.Secret;
import dev.portolan.model.SecretSource;
import dev.portolan.model.UserError;
import dev.portolan.secrets.SecretStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a program for each secret, one after the other since it may ask its user something, and takes what it prints, without the line's
 * end. What it says on its standard error goes to the terminal as it is.
 */
public final class CommandStore implements SecretStore {
    private final List<String> command;
    private final Path folder;
    private final Map<String, String> environment;

    /** @param folder in which it runs */
    public CommandStore(List<String> command, Path folder, Map<String, String> environment) {
        this.command = List.copyOf(command);
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Answer current(Set<String> keys) {
        Map<String, Stored> found = new HashMap<>();
        keys.stream().sorted().forEach(key -> found.put(key, new Stored(printed(key), "", false)));
        return new Answer(found, Set.of());
    }

    @Override
    public Optional<Secret> earlier(String key, String version) {
        return Optional.empty();
    }

    private Secret printed(String key) {
        List<String> line = command.stream()
                .map(word -> word.replace(SecretSource.NAME, key))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            byte[] output = process.getInputStream().readAllBytes();
            int status = process.waitFor();
            if (status != 0) {
                throw new UserError(
                        "the secret \"" + key + "\" cannot be had: \"" + String.join(" ", line) + "\" ended with "
                                + status,
                        "see why by running it yourself");
            }
            return new Secret(withoutLineEnd(output));
        } catch (IOException missing) {
            throw new UserError(
                    "the secret \"" + key + "\" cannot be had: \"" + line.getFirst() + "\" cannot be run",
                    "install it, or correct \"command\" of the store in portolan.yml",
                    ExitCode.FAILED,
                    missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while the secret \"" + key + "\" was asked for", "run the command again");
        }
    }

    private static byte[] withoutLineEnd(byte[] output) {
        int end = output.length;
        if (end > 0 && output[end - 1] == '\n') {
            end--;
            if (end > 0 && output[end - 1] == '\r') {
                end--;
            }
        }
        return Arrays.copyOf(output, end);
    }
}
