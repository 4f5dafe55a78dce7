package dev.portolan.yaml;

import java.util.regex.Pattern;

/** How a string is written in YAML: as plainly as it can be read again. The choices are those of Docker Compose's YAML library. */
enum ScalarStyle {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    /** Line by line, below the key. */
    LITERAL;

    private static final Pattern OLD_TRUTH = Pattern.compile("y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF");
    private static final Pattern BASE_60 = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
    private static final String NEVER_FIRST = "#,[]{}&*!|>'\"%@`";

    static ScalarStyle of(String text) {
        Traits traits = Traits.of(text);
        if (text.contains("\n")) {
            return traits.literal ? LITERAL : DOUBLE_QUOTED;
        }
        if (meansSomethingElse(text)) {
            return DOUBLE_QUOTED;
        }
        return traits.plain ? PLAIN : traits.singleQuoted ? SINGLE_QUOTED : DOUBLE_QUOTED;
    }

    /** Whether readers of this YAML or of an older one would not take it for a string. */
    private static boolean meansSomethingElse(String text) {
        return !(ScalarValue.ofPlain(text) instanceof ScalarValue.Text)
                || OLD_TRUTH.matcher(text).matches()
                || BASE_60.matcher(text).matches();
    }

    static boolean isBreak(int character) {
        return character == '\n'
                || character == '\r'
                || character == 0x85
                || character == 0x2028
                || character == 0x2029;
    }

    static boolean isPrintable(int character) {
        return character == '\n'
                || (character >= ' ' && character <= '~')
                || (character >= 0xa0 && character < 0xd800)
                || (character >= 0xe000 && character <= 0xfffd && character != 0xfeff);
    }

    private static boolean isBlank(int character) {
        return character == ' ' || character == '\t';
    }

    /** Which styles a string can be written in. */
    private record Traits(boolean plain, boolean singleQuoted, boolean literal) {

        static Traits of(String text) {
            int[] characters = text.codePoints().toArray();
            boolean indicators = text.startsWith("---") || text.startsWith("...");
            boolean special = false;
            boolean tabs = false;
            boolean breakThenSpace = false;
            boolean spaceThenBreak = false;
            for (int index = 0; index < characters.length; index++) {
                int character = characters[index];
                boolean first = index == 0;
                boolean blankNext = index + 1 == characters.length || isBlank(characters[index + 1]);
                indicators |= first && NEVER_FIRST.indexOf(character) >= 0;
                indicators |= first && (character == '?' || character == '-') && blankNext;
                indicators |= character == ':' && blankNext;
                indicators |= character == '#'
                        && !first
                        && (isBlank(characters[index - 1]) || isBreak(characters[index - 1]));
                tabs |= character == '\t';
                special |= character != '\t' && !isPrintable(character);
                breakThenSpace |= !first && character == ' ' && isBreak(characters[index - 1]);
                spaceThenBreak |= !first && isBreak(character) && characters[index - 1] == ' ';
            }
            boolean trailingSpace = text.endsWith(" ");
            boolean spaceOutside = text.startsWith(" ") || trailingSpace;
            boolean breaks = text.codePoints().anyMatch(ScalarStyle::isBreak);
            return new Traits(
                    !(indicators || special || tabs || spaceOutside || breaks),
                    !(breakThenSpace || spaceThenBreak || tabs || special),
                    !(trailingSpace || spaceThenBreak || special));
        }
    }
}
