package dev.portolan.yaml;

import java.util.Comparator;

/** The order in which the YAML library of Docker Compose writes the keys of a person: {@code a2} before {@code a10}. */
public final class KeyOrder implements Comparator<String> {
    public static final KeyOrder NATURAL = new KeyOrder();

    private KeyOrder() {}

    @Override
    public int compare(String left, String right) {
        int[] first = left.codePoints().toArray();
        int[] second = right.codePoints().toArray();
        boolean afterDigit = false;
        for (int index = 0; index < Math.min(first.length, second.length); index++) {
            if (first[index] != second[index]) {
                return atDifference(first, second, index, afterDigit);
            }
            afterDigit = Character.isDigit(first[index]);
        }
        return Integer.compare(first.length, second.length);
    }

    private static int atDifference(int[] first, int[] second, int index, boolean afterDigit) {
        boolean letter = Character.isLetter(first[index]);
        boolean otherLetter = Character.isLetter(second[index]);
        if (letter && otherLetter) {
            return Integer.compare(first[index], second[index]);
        }
        if (letter || otherLetter) {
            return letter == afterDigit ? -1 : 1;
        }
        long start = (first[index] == '0' || second[index] == '0') && withinNumber(first, index) ? 1 : 0;
        Digits number = Digits.at(first, index, start);
        Digits other = Digits.at(second, index, start);
        if (number.value != other.value) {
            return Long.compare(number.value, other.value);
        }
        return number.end != other.end
                ? Integer.compare(number.end, other.end)
                : Integer.compare(first[index], second[index]);
    }

    /** Whether digits before this one make a zero here count. */
    private static boolean withinNumber(int[] characters, int index) {
        for (int before = index - 1; before >= 0 && Character.isDigit(characters[before]); before--) {
            if (characters[before] != '0') {
                return true;
            }
        }
        return false;
    }

    private record Digits(long value, int end) {

        static Digits at(int[] characters, int start, long before) {
            long value = before;
            int end = start;
            while (end < characters.length && Character.isDigit(characters[end])) {
                value = value * 10 + characters[end] - '0';
                end++;
            }
            return new Digits(value, end);
        }
    }
}
