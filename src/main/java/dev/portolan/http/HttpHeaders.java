package dev.portolan.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The header lines of a message, in their order. Names are compared without regard to case. */
public record HttpHeaders(List<Line> lines) {

    public static final HttpHeaders NONE = new HttpHeaders(List.of());

    public HttpHeaders {
        lines = List.copyOf(lines);
    }

    /** @param value without the surrounding space; a line break in either is refused: it would start another header */
    public record Line(String name, String value) {
        public Line {
            if (name.isEmpty() || hasLineBreak(name) || name.indexOf(':') >= 0 || hasLineBreak(value)) {
                throw new IllegalArgumentException("not a header line: " + name);
            }
        }

        private static boolean hasLineBreak(String text) {
            return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0;
        }
    }

    /** These headers and one more line. */
    public HttpHeaders with(String name, String value) {
        var more = new ArrayList<>(lines);
        more.add(new Line(name, value));
        return new HttpHeaders(more);
    }

    /** The value of the first line with this name. */
    public Optional<String> first(String name) {
        for (Line line : lines) {
            if (line.name().equalsIgnoreCase(name)) {
                return Optional.of(line.value());
            }
        }
        return Optional.empty();
    }

    /** The values of all lines with this name. */
    public List<String> all(String name) {
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(name))
                .map(Line::value)
                .toList();
    }

    /** Whether a comma separated header, such as {@code Connection}, has this word in it. */
    public boolean hasToken(String name, String token) {
        for (Line line : lines) {
            if (line.name().equalsIgnoreCase(name)) {
                for (String word : line.value().split(",", -1)) {
                    if (word.strip().equalsIgnoreCase(token)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
