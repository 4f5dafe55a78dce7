package dev.portolan.compose;

import dev.portolan.model.Problem;
import dev.portolan.model.Problem.Severity;
import dev.portolan.model.SourceLocation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Problems as they are found. A value has one error: what follows from the first is of no use to a person. Of very many only
 * the first are kept, so that a hostile file cannot fill the memory.
 */
final class Problems {
    private static final int MOST = 1_000;

    private final LinkedHashSet<Problem> found = new LinkedHashSet<>();
    private final Set<Place> wrong = new HashSet<>();

    private boolean failed;

    private record Place(SourceLocation location, KeyPath path) {}

    void error(SourceLocation location, KeyPath path, String message, String remedy) {
        if ((found.size() < MOST || !failed) && wrong.add(new Place(location, path))) {
            add(Problem.error(location, path.toString(), message, remedy));
        }
        failed = true;
    }

    /** Whether no more are kept, so that there is no use in looking for more. */
    boolean full() {
        return failed && found.size() >= MOST;
    }

    void error(SourceLocation location, KeyPath path, InvalidValue invalid) {
        error(location, path, invalid.message(), invalid.remedy());
    }

    void warning(SourceLocation location, KeyPath path, String message, String remedy) {
        add(Problem.warning(location, path.toString(), message, remedy));
    }

    /** Something that Docker Compose does and Portolan does not do yet: an error, so that nothing is dropped in silence. */
    void notYet(SourceLocation location, KeyPath path, String what) {
        error(
                location,
                path,
                what + " is known to Compose, not honoured by Portolan yet",
                "remove it to go on without it");
    }

    void add(Problem problem) {
        boolean error = problem.severity() == Severity.ERROR;
        if (found.size() < MOST || (error && !failed)) {
            found.add(problem);
        }
        failed |= error;
    }

    void addAll(Iterable<Problem> problems) {
        problems.forEach(this::add);
    }

    boolean failed() {
        return failed;
    }

    /** How many there are so far, warnings among them. */
    int count() {
        return found.size();
    }

    List<Problem> all() {
        return new ArrayList<>(found);
    }
}
