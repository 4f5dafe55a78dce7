package dev.portolan.fuzz;

import dev.portolan.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** What fuzz targets hold what they see against: a rule that does not hold is a find. */
public final class Broken {
    /** Of YAML. */
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\r\n]");

    private Broken() {}

    /** A find, unless two values are the same. */
    public static void unlessSame(String rule, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw find(rule, "\nexpected: " + expected + "\n but was: " + actual);
        }
    }

    /** A find, unless there is nothing in a list. */
    public static void unlessNone(String rule, List<?> found) {
        if (!found.isEmpty()) {
            throw find(rule, ": " + found);
        }
    }

    /** A find, unless it holds. */
    public static void unless(boolean holds, String rule, Object about) {
        if (!holds) {
            throw find(rule, ": " + about);
        }
    }

    /**
     * A find, unless every problem says where, what and what to do, and errors are there where something was refused.
     *
     * @param text of the file that was read: its places are held against it
     */
    public static void unlessSaid(List<Problem> problems, boolean refused, String file, String text) {
        unless(
                refused == problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR),
                "errors are told where it is refused, and only there",
                problems);
        int lines = LINE_BREAK.split(text, -1).length;
        for (Problem problem : problems) {
            unless(!problem.message().isBlank() && !problem.remedy().isBlank(), "a problem has words", problem);
            if (problem.location().file().equals(file) && problem.location().line() > 0) {
                unless(problem.location().line() <= lines, "a problem is in a line of the file", problem);
                unless(problem.location().column() >= 1, "a problem is in a column of the file", problem);
            }
        }
    }

    /** The fuzzer tells finds apart by their stacks: the rule stands on top of it. */
    public static AssertionError find(String rule, String seen) {
        AssertionError find = new AssertionError(rule + seen);
        List<StackTraceElement> stack = new ArrayList<>(List.of(find.getStackTrace()));
        stack.addFirst(new StackTraceElement("Rule", rule.replaceAll("[^A-Za-z]+", "_"), null, -1));
        find.setStackTrace(stack.toArray(StackTraceElement[]::new));
        return find;
    }
}
