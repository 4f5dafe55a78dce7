package dev.portolan.yaml;

import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What the parser could not read, with what most often is the cause. */
final class SyntaxProblem {
    private static final Pattern NO_START = Pattern.compile("found character '(.)' that cannot start any token.*");
    private static final String CONFLICT = "<<<<<<< ";

    private SyntaxProblem() {}

    /** A merge that a person has not finished; whatever else is wrong follows from it. */
    static Optional<Problem> conflict(String file, String text) {
        if (!text.startsWith(CONFLICT) && !text.contains("\n" + CONFLICT)) {
            return Optional.empty();
        }
        List<String> lines = text.lines().toList();
        int line = 0;
        while (!lines.get(line).startsWith(CONFLICT)) {
            line++;
        }
        return Optional.of(Problem.error(
                new SourceLocation(file, line + 1, 1),
                "",
                "a conflict of a merge is left in the file",
                "keep one of the two versions, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>"));
    }

    static Problem of(String file, MarkedYamlEngineException exception) {
        SourceLocation location = exception
                .getProblemMark()
                .or(exception::getContextMark)
                .map(mark -> new SourceLocation(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(SourceLocation.wholeFile(file));
        String problem = String.valueOf(exception.getProblem());
        if (problem.contains("(TAB)")) {
            return TabCheck.problem(location);
        }
        Matcher start = NO_START.matcher(problem);
        if (start.matches()) {
            return Problem.error(
                    location,
                    "",
                    "not YAML: a text without quotes cannot begin with " + start.group(1),
                    "put the text in quotes");
        }
        String surrounding = exception.getContext() == null ? "" : exception.getContext() + ", ";
        return Problem.error(location, "", "not YAML: " + surrounding + problem, remedy(problem));
    }

    private static String remedy(String problem) {
        if (problem.startsWith("mapping values are not allowed")) {
            return "indent the line as those beside it, or put a text with a colon in it in quotes";
        }
        return problem.startsWith("expected")
                ? "close the quotes and brackets before this place, or correct how far the line is indented"
                : "correct the text at this place";
    }
}
