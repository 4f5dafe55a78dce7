package dev.portolan.compose;

import dev.portolan.model.Problem;
import dev.portolan.model.Problem.Severity;
import dev.portolan.model.SourceLocation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Problems as they are found. A value has one error: what follows from the first is of no use to a person. Of very many only
 * the first are kept, and what a reading makes of its files is counted, so that a hostile file cannot fill the memory.
 */
final class Problems {
    static final int MOST = 1_000;
    /** Of a longer text, such as a key of a megabyte, the beginning and the end are told. */
    private static final int LONGEST_BEGINNING = 600;

    private static final int LONGEST_END = 200;
    /** How large that may be which a reading makes beside its files; see {@link Trees#size}. */
    private static final long LARGEST = 24 * 1024 * 1024;

    private final LinkedHashSet<Problem> found = new LinkedHashSet<>();
    private final Set<Place> wrong = new HashSet<>();

    private boolean failed;
    private long size;

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

    /**
     * Counts what a reading makes, beside what its files hold: by variables, ranges, includes, extended services.
     *
     * @param more as {@link Trees#size} measures it
     * @throws InvalidValue when it is more in all than somebody can mean; once it is, each time
     */
    void grow(long more) throws InvalidValue {
        size += more;
        if (size > LARGEST) {
            throw new InvalidValue(
                    "what variables, ranges, includes and extended services make of the files is larger than " + LARGEST
                            + " characters",
                    "use fewer of them, or smaller ones");
        }
    }

    /** Whether a reading has made more than it may, which is a problem by then. */
    boolean tooLarge() {
        return size > LARGEST;
    }

    void error(SourceLocation location, KeyPath path, InvalidValue invalid) {
        error(location, path, invalid.message(), invalid.remedy());
    }

    void warning(SourceLocation location, KeyPath path, String message, String remedy) {
        add(Problem.warning(location, path.toString(), message, remedy));
    }

    void add(Problem problem) {
        boolean error = problem.severity() == Severity.ERROR;
        if (found.size() < MOST || (error && !failed)) {
            found.add(new Problem(
                    problem.location(),
                    abbreviated(problem.path()),
                    abbreviated(problem.message()),
                    abbreviated(problem.remedy()),
                    problem.severity()));
        }
        failed |= error;
    }

    private static String abbreviated(String text) {
        return text.length() <= LONGEST_BEGINNING + LONGEST_END
                ? text
                : text.substring(0, LONGEST_BEGINNING) + "..." + text.substring(text.length() - LONGEST_END);
    }

    void addAll(Iterable<Problem> problems) {
        problems.forEach(this::add);
    }

    boolean failed() {
        return failed;
    }

    /** Whether something is wrong at a path, so that what follows from it need not be said. */
    boolean isWrong(KeyPath path) {
        return wrong.stream().anyMatch(place -> place.path().equals(path));
    }

    /** The keys of a section that are wrong. */
    List<String> wrongKeys(KeyPath section) {
        return wrong.stream()
                .map(Place::path)
                .filter(path -> path.above().equals(Optional.of(section)))
                .map(KeyPath::last)
                .toList();
    }

    /** How many there are so far, warnings among them. */
    int count() {
        return found.size();
    }

    List<Problem> all() {
        return new ArrayList<>(found);
    }
}
