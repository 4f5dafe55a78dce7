package dev.portolan.yaml;

import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Tabs where only spaces may indent: at the beginning of a line, also of an empty one, and after the dash of a list. The parser
 * takes some of them for blanks, and the YAML library of Docker Compose takes none.
 */
final class TabCheck {
    private static final Pattern TAB = Pattern.compile("(?: *(?:[-?] +){0,200}[-?])?\t");

    private final String file;
    private final List<String> lines;
    /** In their order, none in another. */
    private final List<Span> spans = new ArrayList<>();

    TabCheck(String file, String text) {
        this.file = file;
        this.lines = text.indexOf('\t') < 0 ? List.of() : List.of(text.split("\r?\n|\r", -1));
    }

    /**
     * Where tabs are blanks or a text's own; lines and columns from 0.
     *
     * @param indented whether they may not begin a line
     */
    private record Span(int firstLine, int firstColumn, int lastLine, int lastColumn, boolean indented) {

        boolean isBefore(int line, int column) {
            return line > lastLine || (line == lastLine && column >= lastColumn);
        }

        boolean holds(int line, int column) {
            boolean after = line > firstLine || (line == firstLine && column > firstColumn);
            return after
                    && !(indented && column == 0)
                    && (line < lastLine || (line == lastLine && column < lastColumn));
        }
    }

    /** Tabs from the start of the one event to the end of the other are blanks. */
    void allow(Event first, Event last) {
        allow(first, last, false);
    }

    /** In a text without quotes a dash is no list, and a tab after it is text. */
    void allowAfterDash(Event text) {
        allow(text, text, true);
    }

    private void allow(Event first, Event last, boolean indented) {
        if (!lines.isEmpty()
                && first.getStartMark().isPresent()
                && last.getEndMark().isPresent()) {
            Mark start = first.getStartMark().get();
            Mark end = last.getEndMark().get();
            while (!spans.isEmpty() && !spans.getLast().isBefore(start.getLine(), start.getColumn())) {
                spans.removeLast(); // it lies in the one that ends only now
            }
            spans.add(new Span(start.getLine(), start.getColumn(), end.getLine(), end.getColumn(), indented));
        }
    }

    static Problem problem(SourceLocation location) {
        return Problem.error(location, "", "a tab may not indent in YAML", "write spaces in its place");
    }

    /** Once all of the text has been read. */
    void report(List<Problem> problems) {
        int next = 0;
        for (int line = 0; line < lines.size() && problems.size() < YamlReader.MOST_PROBLEMS; line++) {
            Matcher tab = TAB.matcher(lines.get(line));
            if (!tab.lookingAt()) {
                continue;
            }
            while (next < spans.size() && spans.get(next).isBefore(line, tab.end() - 1)) {
                next++;
            }
            if (next == spans.size() || !spans.get(next).holds(line, tab.end() - 1)) {
                problems.add(problem(new SourceLocation(file, line + 1, tab.end())));
            }
        }
    }
}
