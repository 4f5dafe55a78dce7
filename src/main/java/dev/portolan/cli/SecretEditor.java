package dev.portolan.cli;

import dev.portolan.model.ExitCode;
import dev.portolan.model.Secret;
import dev.portolan.model.SourceLocation;
import dev.portolan.model.UserError;
import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All secrets of a file as text in the person's editor: {@code NAME: "value"} a line, in YAML. The text is in a file that nobody else
 * can read, in memory where the system has such a folder, and is removed afterwards.
 */
final class SecretEditor {
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Surroundings surroundings;

    SecretEditor(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Map<String, Secret> edited(Path file, Map<String, Secret> before) {
        Map<String, Secret> shown = new TreeMap<>();
        Map<String, Secret> hidden = new TreeMap<>(); // what is no text stays as it is
        before.forEach((name, value) -> (isText(value) ? shown : hidden).put(name, value));
        String text = "# the secrets of " + file + "; save and close to keep what you changed\n" + written(shown);
        try {
            Path folder = Files.createTempDirectory(
                    Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
                    "portolan",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path draft = folder.resolve("secrets.yaml");
            try {
                Files.writeString(draft, text);
                run(draft);
                Map<String, Secret> after = parsed(Files.readString(draft));
                after.putAll(hidden);
                return after;
            } finally {
                try (var left = Files.list(folder)) {
                    left.forEach(one -> one.toFile().delete());
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException failed) {
            throw new UserError("the secrets cannot be edited", "check the rights of " + MEMORY, ExitCode.FAILED);
        }
    }

    private void run(Path draft) {
        String editor = surroundings
                .environment()
                .getOrDefault("VISUAL", surroundings.environment().getOrDefault("EDITOR", "vi"));
        try {
            Process process = new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", draft.toString())
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                throw new UserError(
                        "the editor \"" + editor + "\" failed; nothing was changed", "set EDITOR to another");
            }
        } catch (IOException missing) {
            throw new UserError(
                    "the editor \"" + editor + "\" cannot be run", "set EDITOR to another", ExitCode.FAILED);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted; nothing was changed", "run the command again");
        }
    }

    /** In quotes, whatever it is: a person who adds a {@code #} to a password means it. */
    static String written(Map<String, Secret> values) {
        StringBuilder lines = new StringBuilder();
        values.forEach((name, value) ->
                lines.append(name).append(": ").append(quoted(text(value))).append('\n'));
        return lines.toString();
    }

    static Map<String, Secret> parsed(String text) {
        var reading = YamlReader.read("secrets.yaml", text);
        YamlNode root = reading.root()
                .orElseGet(() -> new YamlNode.Mapping(List.of(), SourceLocation.wholeFile("secrets.yaml")));
        if (!reading.problems().isEmpty() || !(root instanceof YamlNode.Mapping mapping)) {
            throw wrong("it is no YAML of the kind NAME: \"value\"");
        }
        Map<String, Secret> values = new TreeMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            if (!(entry.value() instanceof YamlNode.Scalar scalar) || scalar.value() instanceof ScalarValue.Null) {
                throw wrong(entry.key() + " has no value");
            }
            values.put(entry.key(), new Secret(scalar.text().getBytes(StandardCharsets.UTF_8)));
        }
        return values;
    }

    private static UserError wrong(String why) {
        return new UserError(
                "what you wrote cannot be kept: " + why + "; nothing was changed", "edit it again", ExitCode.USAGE);
    }

    private static boolean isText(Secret value) {
        return new Secret(text(value).getBytes(StandardCharsets.UTF_8)).equals(value);
    }

    private static String text(Secret value) {
        return new String(value.reveal(), StandardCharsets.UTF_8);
    }

    /** In double quotes, as YAML and JSON have them. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(code -> {
            switch (code) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (code < 0x20 || code == 0x7f) {
                        quoted.append(String.format("\\x%02x", code));
                    } else {
                        quoted.appendCodePoint(code);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
