package dev.portolan.compose;

import dev.portolan.model.Problem;
import java.util.List;
import java.util.Set;

/** What came of reading Compose files: a project, or every problem of it. */
public sealed interface ComposeReading {

    /** Warnings of a project that was read; errors, and warnings among them, of one that was not. */
    List<Problem> problems();

    /**
     * @param variables the names of those that the files ask for, set or not: in {@code ${NAME}}, as an entry of {@code
     *     environment} without a value, and the like; also in services that no profile lets in
     */
    record Read(ComposeProject project, Set<String> variables, List<Problem> problems) implements ComposeReading {}

    record Refused(List<Problem> problems) implements ComposeReading {}
}
