package dev.portolan.cli;

import java.io.IOException;
import java.io.InputStream;

/** Asks a person at a terminal. */
final class Question {
    private Question() {}

    /** @return whether the answer began with a y */
    static boolean ask(Surroundings surroundings, String question) {
        surroundings.output().print(question + " [y/N] ");
        surroundings.output().flush();
        return line(surroundings.input())
                .strip()
                .toLowerCase(java.util.Locale.ROOT)
                .startsWith("y");
    }

    /** Not a byte beyond the line's end, which may be for somebody else. */
    static String line(InputStream input) {
        StringBuilder line = new StringBuilder();
        try {
            for (int read = input.read(); read >= 0 && read != '\n'; read = input.read()) {
                line.append((char) read);
            }
        } catch (IOException closed) {
            return "";
        }
        return line.toString();
    }
}
