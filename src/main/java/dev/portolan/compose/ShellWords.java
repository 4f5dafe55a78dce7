package dev.portolan.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a command written as one string into words, as Docker Compose does: quotes and backslashes, no shell. */
public final class ShellWords {
    private static final int MOST = 100_000;

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean escaped;
    /** What must close before the word can end: a quote, a backtick or {@code )}; 0 for nothing. */
    private char open;

    private ShellWords(String line) {
        this.line = line;
    }

    /** As {@link #split}; empty when it cannot be split. */
    public static Optional<List<String>> words(String line) {
        try {
            return Optional.of(split(line));
        } catch (InvalidValue unclear) {
            return Optional.empty();
        }
    }

    /** @throws InvalidValue when a quote is not closed, a parenthesis stands without quotes, or there are very many words */
    static List<String> split(String line) throws InvalidValue {
        return new ShellWords(line).split();
    }

    private List<String> split() throws InvalidValue {
        for (int index = 0; index < line.length(); index++) {
            char character = line.charAt(index);
            if (!escaped && open == 0 && ";&|<>".indexOf(character) >= 0) {
                endAtOperator(character);
                break;
            }
            add(character);
        }
        if (escaped || open != 0) {
            throw invalid();
        }
        endWord();
        return words;
    }

    private void add(char character) throws InvalidValue {
        if (escaped) {
            escaped = false;
            append(character);
        } else if (character == '\\' && open != '\'') {
            escaped = true;
        } else if (" \t\r\n".indexOf(character) >= 0) {
            if (open == 0) {
                endWord();
            } else {
                word.append(character);
            }
        } else if ((character == '"' || character == '\'') && (open == 0 || open == character)) {
            open = open == 0 ? character : 0;
            inWord = true;
        } else {
            if (character == '`' && (open == 0 || open == '`')) {
                open = open == 0 ? '`' : 0;
            } else if (character == ')' && open == ')') {
                open = 0;
            } else if (character == '(' && open == 0) {
                if (word.isEmpty() || word.charAt(word.length() - 1) != '$') {
                    throw invalid();
                }
                open = ')';
            } else if (character == ')' && open == 0) {
                open = ')';
            }
            append(character);
        }
    }

    private void append(char character) {
        word.append(character);
        inWord = true;
    }

    private void endWord() throws InvalidValue {
        if (inWord) {
            if (words.size() >= MOST) {
                throw new InvalidValue("more than " + MOST + " words in one command are too many", "write fewer");
            }
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }

    /** What follows {@code ;}, {@code &}, {@code |}, {@code <} or {@code >} is dropped; so is the number before {@code 2>}. */
    private void endAtOperator(char operator) {
        if (operator == '>' && !word.isEmpty() && Character.isDigit(word.charAt(0))) {
            word.setLength(0);
            inWord = false;
        }
    }

    private InvalidValue invalid() {
        return new InvalidValue(
                "\"" + line + "\" cannot be split into words",
                "close every quote, or write it as a list: [\"sh\", \"-c\", \"...\"]");
    }
}
