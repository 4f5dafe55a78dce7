package dev.portolan.config;

import dev.portolan.model.PinnedSecret;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ${secret:NAME}} and {@code ${secret:STORE/NAME}} in the variables of portolan.yml. */
final class SecretReferences {
    static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_./-]*";
    private static final Pattern MARK = Pattern.compile("\\$\\{secret:(" + NAME + ")}");
    private static final Pattern WHOLE_NAME = Pattern.compile(NAME);

    private SecretReferences() {}

    /** The names in the order in which they stand there. */
    static List<String> in(String text) {
        return MARK.matcher(text).results().map(found -> found.group(1)).toList();
    }

    static boolean isName(String text) {
        return WHOLE_NAME.matcher(text).matches();
    }

    /** What is left of a text without them. */
    static String without(String text) {
        return MARK.matcher(text).replaceAll(Matcher.quoteReplacement(""));
    }

    static boolean mentions(String text, String name) {
        return text.contains(PinnedSecret.mark(name));
    }
}
