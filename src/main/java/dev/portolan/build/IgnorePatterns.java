package dev.portolan.build;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of a {@code .dockerignore} file, as Docker reads them: the last pattern that matches a path decides; a pattern
 * also matches everything below what it names; {@code !} lets through again; {@code **} stands for any number of folders.
 */
public final class IgnorePatterns {
    /** No pattern: nothing is ignored. */
    public static final IgnorePatterns NONE = new IgnorePatterns(List.of());

    private final List<Rule> rules;

    private IgnorePatterns(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    private record Rule(Pattern pattern, boolean letThrough) {}

    /** @param text of the file; empty lines and those that begin with {@code #} count for nothing */
    public static IgnorePatterns parse(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String pattern = line.startsWith("#") ? "" : line.strip();
            boolean letThrough = pattern.startsWith("!");
            String clean = clean(letThrough ? pattern.substring(1).strip() : pattern);
            if (!clean.isEmpty()) {
                rules.add(new Rule(Pattern.compile(expression(clean) + "(/.*)?", Pattern.DOTALL), letThrough));
            }
        }
        return rules.isEmpty() ? NONE : new IgnorePatterns(rules);
    }

    /** @param path relative to the folder, with {@code /} between names */
    public boolean ignores(String path) {
        boolean ignored = false;
        for (Rule rule : rules) {
            if (ignored == rule.letThrough && rule.pattern.matcher(path).matches()) {
                ignored = !rule.letThrough;
            }
        }
        return ignored;
    }

    /** Whether something below an ignored folder may be let through again, so that the folder must be looked into. */
    boolean letsSomeThrough() {
        return rules.stream().anyMatch(Rule::letThrough);
    }

    /** Without leading and trailing slashes and {@code .} names. */
    private static String clean(String pattern) {
        List<String> names = new ArrayList<>();
        for (String name : pattern.split("/", -1)) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.removeLast();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return String.join("/", names);
    }

    private static String expression(String pattern) {
        StringBuilder expression = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            char character = pattern.charAt(at);
            if (pattern.startsWith("**/", at)) {
                expression.append("(.*/)?");
                at += 2;
            } else if (pattern.startsWith("**", at)) {
                expression.append(".*");
                at += 1;
            } else if (character == '*') {
                expression.append("[^/]*");
            } else if (character == '?') {
                expression.append("[^/]");
            } else if (character == '[' && pattern.indexOf(']', at + 2) > 0) {
                int end = pattern.indexOf(']', at + 2);
                expression
                        .append('[')
                        .append(characterClass(pattern.substring(at + 1, end)))
                        .append(']');
                at = end;
            } else {
                if (character == '\\' && at + 1 < pattern.length()) {
                    at++;
                }
                expression.append(Pattern.quote(String.valueOf(pattern.charAt(at))));
            }
        }
        return expression.toString();
    }

    /** Ranges and a leading {@code ^} mean the same in both languages; what only Java gives a meaning is escaped. */
    private static String characterClass(String content) {
        return content.replace("\\", "\\\\").replace("[", "\\[").replace("&", "\\&");
    }
}
