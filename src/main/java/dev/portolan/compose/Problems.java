package dev.portolan.compose;

import dev.portolan.model.Problem;
import dev.portolan.model.Problem.Severity;
import dev.portolan.model.SourceLocation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Problems as they are found. A value has one error: what follows from the first is of no use to a person. */
final class Problems {
    private final LinkedHashSet<Problem> found = new LinkedHashSet<>();
    private final Set<Place> wrong = new HashSet<>();

    private record Place(SourceLocation location, KeyPath path) {}

    void error(SourceLocation location, KeyPath path, String message, String remedy) {
        if (wrong.add(new Place(location, path))) {
            found.add(Problem.error(location, path.toString(), message, remedy));
        }
    }

    void error(SourceLocation location, KeyPath path, InvalidValue invalid) {
        error(location, path, invalid.message(), invalid.remedy());
    }

    void warning(SourceLocation location, KeyPath path, String message, String remedy) {
        found.add(Problem.warning(location, path.toString(), message, remedy));
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
        found.add(problem);
    }

    void addAll(Iterable<Problem> problems) {
        problems.forEach(found::add);
    }

    boolean failed() {
        return found.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** How many there are so far, warnings among them. */
    int count() {
        return found.size();
    }

    List<Problem> all() {
        return new ArrayList<>(found);
    }
}
