package dev.portolan.json;

import java.util.Locale;

/** The names of the records of a sealed interface: {@code GoingBack} is {@code going-back}. */
final class Kinds {
    static final String KEY = "type";

    private Kinds() {}

    static String nameOf(Class<?> kind) {
        String name = kind.getSimpleName();
        StringBuilder words = new StringBuilder();
        for (int index = 0; index < name.length(); index++) {
            char letter = name.charAt(index);
            if (index > 0 && Character.isUpperCase(letter)) {
                words.append('-');
            }
            words.append(letter);
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }

    static Class<?> named(Class<?> type, String name) throws MalformedJson {
        for (Class<?> kind : type.getPermittedSubclasses()) {
            if (nameOf(kind).equals(name)) {
                return kind;
            }
        }
        throw new MalformedJson("no " + type.getSimpleName() + " is a \"" + name + "\"");
    }
}
