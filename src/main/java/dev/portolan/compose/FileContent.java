package dev.portolan.compose;

import java.nio.file.Path;

/** Where the content of a config or a secret comes from. */
public sealed interface FileContent {

    /** @param path absolute; whether it is there is not known yet */
    record File(Path path) implements FileContent {}

    /** @param variable of the environment of the command line */
    record Environment(String variable) implements FileContent {}

    /**
     * {@code external}, of secrets only: somebody else has it.
     *
     * @param name by which they know it
     */
    record External(String name) implements FileContent {}

    /** {@code content}, of configs only. */
    record Inline(String text) implements FileContent {}
}
