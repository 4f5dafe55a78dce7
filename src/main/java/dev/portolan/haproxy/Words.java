package dev.portolan.haproxy;

import java.util.regex.Pattern;

/** The one place where a value becomes a word of HAProxy's configuration or of a command. */
public final class Words {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@*+,=%-]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]+");

    private Words() {}

    /**
     * The value as one word of the configuration, in quotes where it needs them.
     *
     * @throws IllegalArgumentException when it holds a control character other than a line break
     */
    public static String quoted(String value) {
        if (PLAIN.matcher(value).matches()) {
            return value;
        }
        StringBuilder word = new StringBuilder("\"");
        value.chars().forEach(character -> {
            switch (character) {
                case '\n' -> word.append("\\n");
                case '"', '\\', '$' -> word.append('\\').append((char) character);
                default -> {
                    if (Character.isISOControl(character)) {
                        throw new IllegalArgumentException("not a word for HAProxy: " + value);
                    }
                    word.append((char) character);
                }
            }
        });
        return word.append('"').toString();
    }

    /**
     * A name of a frontend, backend, server or cookie, as it is.
     *
     * @throws IllegalArgumentException when HAProxy does not take it as a name
     */
    public static String name(String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("not a name for HAProxy: " + value);
        }
        return value;
    }
}
