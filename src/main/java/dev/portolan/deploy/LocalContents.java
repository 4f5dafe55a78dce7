package dev.portolan.deploy;

import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.UserError;
import dev.portolan.rollout.FileContents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Contents of Compose configs and secrets from this machine: its files, the command line's environment, the configuration. */
public final class LocalContents implements FileContents {
    private final Map<String, String> environment;

    /** @param environment of the command line */
    public LocalContents(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** What a release pinned is not there any more. */
    public static final class ContentChanged extends UserError {
        private static final long serialVersionUID = 1L;

        ContentChanged(String what) {
            super(
                    what + " is not what the release was made from any more",
                    "bring its content back, or release the new one with: portolan deploy");
        }
    }

    @Override
    public byte[] contentOf(FileInContainer file) {
        byte[] content = read(file.source());
        if (!Fingerprint.of(content).equals(file.digest())) {
            throw new ContentChanged(name(file.source()) + ", for " + file.target() + ",");
        }
        return content;
    }

    private byte[] read(FileSource source) {
        return switch (source) {
            case FileSource.LocalFile(String path) -> readFile(path);
            case FileSource.Inline(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case FileSource.Variable(String variable) -> {
                String value = environment.get(variable);
                if (value == null) {
                    throw new UserError(
                            "the variable " + variable + " is not set in the environment of this command",
                            "set it, and run the command again");
                }
                yield value.getBytes(StandardCharsets.UTF_8);
            }
        };
    }

    private static byte[] readFile(String path) {
        try {
            return Files.readAllBytes(Path.of(path));
        } catch (IOException unreadable) {
            throw new UserError(
                    "the file " + path + " cannot be read",
                    "bring it back, or correct its rights",
                    ExitCode.FAILED,
                    unreadable);
        }
    }

    private static String name(FileSource source) {
        return switch (source) {
            case FileSource.LocalFile(String path) -> "the file " + path;
            case FileSource.Inline _ -> "a text of the configuration";
            case FileSource.Variable(String variable) -> "the variable " + variable;
        };
    }
}
