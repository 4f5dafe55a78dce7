package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Files of variables with {@code format: raw}: {@code NAME=value} lines, taken as they are. */
final class RawVariables {

    private RawVariables() {}

    /** @param outside gives names without a value theirs */
    static void parse(
            String file,
            String text,
            Function<String, Optional<String>> outside,
            Map<String, String> values,
            Problems problems) {
        List<String> lines = text.lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).stripLeading();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String name = equals < 0 ? line : line.substring(0, equals);
            if (name.isEmpty() || name.contains(" ") || name.contains("\t")) {
                problems.error(
                        new SourceLocation(file, index + 1, 1),
                        KeyPath.ROOT,
                        "the line has no name of a variable",
                        "write NAME=value");
            } else if (equals >= 0) {
                if (!counted(line, new SourceLocation(file, index + 1, 1), problems)) {
                    return;
                }
                values.put(name, line.substring(equals + 1));
            } else {
                outside.apply(name).ifPresent(value -> values.put(name, value));
            }
        }
    }

    private static boolean counted(String line, SourceLocation location, Problems problems) {
        try {
            problems.grow(Trees.SIZE_OF_VALUE + line.length());
            return true;
        } catch (InvalidValue tooMany) {
            problems.error(location, KeyPath.ROOT, tooMany);
            return false;
        }
    }
}
