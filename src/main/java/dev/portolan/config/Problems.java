package dev.portolan.config;

import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.Suggestion;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects what is wrong; the same problem found twice, as in the Compose files of two regions, counts once. Of very many only
 * the first are kept: nobody reads more.
 */
final class Problems {
    private static final int MOST = 2_000;

    private final Set<Problem> found = new LinkedHashSet<>();

    void add(Collection<Problem> problems) {
        problems.forEach(this::add);
    }

    private void add(Problem problem) {
        if (found.size() < MOST || !hasErrors()) {
            found.add(problem);
        }
    }

    void error(SourceLocation location, String path, String message, String remedy) {
        add(Problem.error(location, path, message, remedy));
    }

    void error(Located<?> at, String message, String remedy) {
        error(at.location(), at.path(), message, remedy);
    }

    void warning(SourceLocation location, String path, String message, String remedy) {
        add(Problem.warning(location, path, message, remedy));
    }

    void warning(Located<?> at, String message, String remedy) {
        warning(at.location(), at.path(), message, remedy);
    }

    boolean hasErrors() {
        return found.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    /** File by file, from the top of each to its end. */
    List<Problem> all() {
        List<String> files = found.stream()
                .map(problem -> problem.location().file())
                .distinct()
                .toList();
        return found.stream()
                .sorted(Comparator.comparingInt((Problem problem) ->
                                files.indexOf(problem.location().file()))
                        .thenComparingInt(problem -> problem.location().line())
                        .thenComparingInt(problem -> problem.location().column()))
                .toList();
    }

    /** The remedy for a word that is not among the known ones. */
    static String didYouMean(String word, Collection<String> known, String otherwise) {
        return Suggestion.nearest(word, known)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse(otherwise);
    }
}
