package dev.portolan.yaml;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** "Did you mean": the known word nearest to one that is not known. */
public final class Suggestion {
    private static final int FARTHEST = 3;
    /** Beyond these it would take long, and help nobody. */
    private static final int LONGEST = 60;

    private static final int MOST = 500;

    private Suggestion() {}

    /** The nearest of the known words by Levenshtein distance, when it is near enough to be meant. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > LONGEST || known.size() > MOST) {
            return Optional.empty();
        }
        String best = "";
        int distance = Math.min(FARTHEST, Math.max(1, word.length() / 2)) + 1;
        for (String candidate : known) {
            int found = distance(word, candidate, distance);
            if (found < distance) {
                best = candidate;
                distance = found;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Or the limit, when it is not below that: then most of the table need not be looked at. */
    private static int distance(String from, String to, int limit) {
        if (Math.abs(from.length() - to.length()) >= limit) {
            return limit;
        }
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            Arrays.fill(current, limit);
            current[0] = row;
            int least = row;
            int last = Math.min(to.length(), row + limit);
            for (int column = Math.max(1, row - limit); column <= last; column++) {
                int replaced = previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
                least = Math.min(least, current[column]);
            }
            if (least >= limit) {
                return limit;
            }
            previous = current;
        }
        return Math.min(limit, previous[to.length()]);
    }
}
