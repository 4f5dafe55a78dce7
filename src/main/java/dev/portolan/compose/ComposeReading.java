package dev.portolan.compose;

import dev.portolan.model.Problem;
import java.util.List;

/** What came of reading Compose files: a project, or every problem of it. */
public sealed interface ComposeReading {

    /** Warnings of a project that was read; errors, and warnings among them, of one that was not. */
    List<Problem> problems();

    record Read(ComposeProject project, List<Problem> problems) implements ComposeReading {}

    record Refused(List<Problem> problems) implements ComposeReading {}
}
