package dev.portolan.compose;

import java.util.ArrayList;
import java.util.List;

/** The short syntax of a service's {@code volumes}: {@code [source:]target[:options]}. */
final class VolumeSyntax {

    private VolumeSyntax() {}

    /**
     * @param bind whether the source is a path; otherwise it is a volume's name, or empty
     * @param options those after the target
     */
    record Volume(boolean bind, String source, String target, boolean readOnly, List<String> options) {}

    /** @throws InvalidValue when it is no mount */
    static Volume parse(String text) throws InvalidValue {
        List<String> parts = parts(text);
        if (parts.contains("")) {
            throw new InvalidValue("\"" + text + "\" has an empty part", "write source:target or source:target:ro");
        }
        if (parts.size() > 3) {
            throw new InvalidValue(
                    "\"" + text + "\" has too many colons", "use the long syntax with type, source and target");
        }
        String source = parts.size() == 1 ? "" : parts.getFirst();
        List<String> options = parts.size() == 3 ? List.of(parts.get(2).split(",", -1)) : List.of();
        boolean readOnly = options.lastIndexOf("ro") > options.lastIndexOf("rw");
        return new Volume(
                isPath(source), source, PathText.cleaned(parts.get(Math.min(1, parts.size() - 1))), readOnly, options);
    }

    /** Splits at colons, but not at that of a drive letter, nor at those of a variable that is not filled in. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int openVariables = 0;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (text.startsWith("${", index)) {
                openVariables++;
            } else if (character == '}' && openVariables > 0) {
                openVariables--;
            }
            boolean drive = part.length() == 1 && Character.isLetter(part.charAt(0)) && text.length() > 2;
            if (character == ':' && !drive && openVariables == 0) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(character);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static boolean isPath(String source) {
        return source.startsWith(".")
                || source.startsWith("/")
                || source.startsWith("~")
                || source.startsWith("\\\\")
                || (source.length() > 1 && source.charAt(1) == ':' && Character.isLetter(source.charAt(0)));
    }
}
