package dev.portolan.buildkit;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** BuildKit has said that a build failed. */
public final class BuildFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient String step;
    private final transient OptionalInt line;
    private final transient List<String> output;

    /**
     * @param words of BuildKit
     * @param step that failed, as the Dockerfile has it; empty when none has begun
     * @param line of the Dockerfile, from 1
     * @param output the last lines of the step
     */
    BuildFailure(String words, String step, OptionalInt line, List<String> output, Throwable cause) {
        super(words, cause);
        this.step = step;
        this.line = line;
        this.output = List.copyOf(output);
    }

    public String step() {
        return step;
    }

    public OptionalInt line() {
        return line;
    }

    public List<String> output() {
        return output;
    }
}
