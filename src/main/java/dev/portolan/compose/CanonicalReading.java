package dev.portolan.compose;

import dev.portolan.model.Problem;
import java.util.List;

/** What came of reading Compose files as Docker Compose does: a project, or every problem of it. */
public sealed interface CanonicalReading {

    /** Warnings of a project that was read; errors, and warnings among them, of one that was not. */
    List<Problem> problems();

    record Read(CanonicalProject project, List<Problem> problems) implements CanonicalReading {}

    record Refused(List<Problem> problems) implements CanonicalReading {}
}
