package dev.portolan.yaml;

/** A string written in one of the styles of YAML. */
final class ScalarText {
    private static final String SHORT = "\0\u0007\b\t\n\u000b\f\r\u001b\"\\\u0085\u00a0\u2028\u2029";
    private static final String LETTERS = "0abtnvfre\"\\N_LP";
    private static final int LARGEST_OF_TWO_DIGITS = 0xff;
    private static final int LARGEST_OF_FOUR_DIGITS = 0xffff;

    private ScalarText() {}

    /** @param indent what each line of a text of several lines has before it */
    static String of(String text, String indent) {
        return switch (ScalarStyle.of(text)) {
            case PLAIN -> text;
            case SINGLE_QUOTED -> "'" + text.replace("'", "''") + "'";
            case DOUBLE_QUOTED -> doubleQuoted(text);
            case LITERAL -> literal(text, indent);
        };
    }

    /** On one line, as a key must be. */
    static String onOneLine(String text) {
        return ScalarStyle.of(text) == ScalarStyle.LITERAL ? doubleQuoted(text) : of(text, "");
    }

    private static String literal(String text, String indent) {
        StringBuilder literal = new StringBuilder("|");
        if (text.startsWith(" ") || text.startsWith("\n")) {
            literal.append(YamlWriter.STEP.length());
        }
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        boolean keepsLast = body.isEmpty() || body.endsWith("\n");
        literal.append(!text.endsWith("\n") ? "-" : keepsLast ? "+" : "");
        for (String line : body.split("\n", -1)) {
            literal.append('\n').append(line.isEmpty() ? "" : indent).append(line);
        }
        return literal.toString();
    }

    private static String doubleQuoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            int escape = SHORT.indexOf(character);
            boolean asItIs = ScalarStyle.isPrintable(character)
                    && !ScalarStyle.isBreak(character)
                    && character != '"'
                    && character != '\\';
            if (asItIs) {
                quoted.appendCodePoint(character);
            } else if (escape >= 0) {
                quoted.append('\\').append(LETTERS.charAt(escape));
            } else if (character <= LARGEST_OF_TWO_DIGITS) {
                quoted.append("\\x%02X".formatted(character));
            } else if (character <= LARGEST_OF_FOUR_DIGITS) {
                quoted.append("\\u%04X".formatted(character));
            } else {
                quoted.append("\\U%08X".formatted(character));
            }
        });
        return quoted.append('"').toString();
    }
}
