package dev.portolan.rollout;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a command has written, bounded: of a long output its end is kept. Safe for use by many threads. */
final class CommandOutput {
    static final int MOST_CHARACTERS = 1 << 20;
    private static final int LINES_IN_JOURNAL = 10;
    private static final int LONGEST_IN_JOURNAL = 300;

    private final Deque<String> lines = new ArrayDeque<>();
    private long characters;
    private long dropped;

    synchronized void add(String line) {
        String kept = line.length() < MOST_CHARACTERS ? line : line.substring(line.length() - MOST_CHARACTERS + 1);
        lines.addLast(kept);
        characters += kept.length() + 1;
        while (characters > MOST_CHARACTERS) {
            characters -= lines.removeFirst().length() + 1;
            dropped++;
        }
    }

    /** Its last lines, each cut to a length that a journal can bear. */
    synchronized List<String> end() {
        return lines.stream()
                .skip(Math.max(0, lines.size() - LINES_IN_JOURNAL))
                .map(line -> line.length() <= LONGEST_IN_JOURNAL ? line : line.substring(0, LONGEST_IN_JOURNAL) + "...")
                .toList();
    }

    /** All that was kept, a line each. */
    synchronized String text() {
        StringBuilder text = new StringBuilder();
        if (dropped > 0) {
            text.append("(").append(dropped).append(" lines before these were not kept)\n");
        }
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
