package dev.portolan.compose;

import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of a project, read within bounds: a folder, a pipe or a file that never ends is a problem, not a hang. Files are
 * called in problems by their path from the project's folder.
 */
final class TextFiles {
    private static final int LONGEST = YamlReader.LONGEST_TEXT;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final long MOST = 64L * 1024 * 1024;

    private final Path folder;
    private final Optional<InputStream> input;
    private long total;

    /** @param input what the file {@code -} holds, if there is such a file */
    TextFiles(Path folder, Optional<InputStream> input) {
        this.folder = folder;
        this.input = input;
    }

    private boolean isInput(String file) {
        return input.isPresent() && file.equals(ComposeSource.STANDARD_INPUT.toString());
    }

    boolean exists(String file) {
        return path(file).filter(Files::exists).isPresent();
    }

    boolean isFolder(String file) {
        return path(file).filter(Files::isDirectory).isPresent();
    }

    /** What a file is called in problems. */
    String name(String file) {
        if (isInput(file)) {
            return "standard input";
        }
        return path(file)
                .map(absolute -> absolute.startsWith(folder) && !absolute.equals(folder)
                        ? folder.relativize(absolute).toString()
                        : absolute.toString())
                .orElse("a path that cannot be");
    }

    /** Empty for what is no path of this machine. */
    private Optional<Path> path(String file) {
        try {
            return Optional.of(folder.resolve(file).normalize());
        } catch (InvalidPathException invalid) {
            return Optional.empty();
        }
    }

    /** The text of a file; empty when it cannot be had, which is a problem. */
    Optional<String> read(String file, Problems problems) {
        try {
            return Optional.of(read(file));
        } catch (InvalidValue invalid) {
            problems.add(Problem.error(SourceLocation.wholeFile(name(file)), "", invalid.message(), invalid.remedy()));
            return Optional.empty();
        }
    }

    /** @throws InvalidValue when the text cannot be had; the message does not name the file */
    String read(String file) throws InvalidValue {
        if (isInput(file)) {
            try {
                return text(input.orElseThrow());
            } catch (IOException failed) {
                throw new InvalidValue(
                        "it cannot be read: " + failed.getClass().getSimpleName(), "pipe a file into it");
            }
        }
        Path path = path(file).orElseThrow(() -> new InvalidValue("it is no path", "correct it"));
        if (!Files.exists(path)) {
            throw new InvalidValue("there is no such file", "create it, or correct the path");
        }
        if (Files.isDirectory(path)) {
            throw new InvalidValue("it is a folder, not a file", "write the path of a file");
        }
        if (!Files.isRegularFile(path)) {
            throw new InvalidValue(
                    "it is a pipe, a socket or a device, not a regular file", "write its content into a file");
        }
        try (InputStream stream = Files.newInputStream(path)) {
            return text(stream);
        } catch (IOException failed) {
            throw new InvalidValue("it cannot be read: " + failed.getClass().getSimpleName(), "check its rights");
        }
    }

    private String text(InputStream stream) throws IOException, InvalidValue {
        byte[] bytes = stream.readNBytes(LONGEST + 1);
        total += bytes.length;
        if (total > MOST) {
            throw new InvalidValue("more than " + MOST + " bytes are read in all", "name fewer files, or smaller ones");
        }
        if (bytes.length > LONGEST) {
            throw new InvalidValue("it is longer than " + LONGEST + " bytes", "check that it is the file you meant");
        }
        return text(bytes);
    }

    private static String text(byte[] bytes) throws InvalidValue {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            int line = 1;
            for (int index = 0; index < buffer.position(); index++) {
                line += bytes[index] == '\n' ? 1 : 0;
            }
            throw new InvalidValue("line " + line + " is not text in UTF-8", "save the file in UTF-8");
        }
    }
}
