package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The variables of a service: its {@code env_file}s in their order, and {@code environment} over them. */
final class EnvironmentReader {
    private final Folder folder;
    private final TextFiles files;
    private final Variables variables;

    /** @param variables of the command line and {@code .env} */
    EnvironmentReader(Folder folder, TextFiles files, Variables variables) {
        this.folder = folder;
        this.files = files;
        this.variables = variables;
    }

    Map<String, String> read(Section service) {
        Map<String, Optional<String>> own = variables.filledIn(service.pairs("environment"));
        checkNames(service);
        Map<String, String> all = new LinkedHashMap<>();
        own.forEach((name, value) -> value.ifPresent(text -> all.put(name, text)));
        for (Section file : service.sections("env_file")) {
            file(file, own, all);
        }
        own.forEach((name, value) -> value.ifPresentOrElse(text -> all.put(name, text), () -> all.remove(name)));
        return all;
    }

    private void file(Section file, Map<String, Optional<String>> own, Map<String, String> all) {
        String format = file.text("format", "");
        if (!format.isEmpty() && !format.equals("raw")) {
            file.problems()
                    .error(
                            file.location("format"),
                            file.path().child("format"),
                            "\"" + format + "\" is no format of variables",
                            "write raw, or remove it");
        }
        file.require("path", "add path: .env");
        Optional<Path> path = file.parsed("path", folder::resolve);
        boolean required = file.truth("required", true);
        if (path.isEmpty() || (!required && !files.exists(path.get()))) {
            return;
        }
        String name = files.name(path.get());
        Optional<String> text = file.parsed("path", written -> {
            try {
                return files.read(path.get());
            } catch (InvalidValue unreadable) {
                throw new InvalidValue(name + ": " + unreadable.message(), unreadable.remedy());
            }
        });
        if (text.isEmpty()) {
            return;
        }
        if (format.equals("raw")) {
            raw(name, text.get(), all, file.problems());
        } else {
            DotEnv.parse(
                    name,
                    text.get(),
                    variable -> variables.value(variable).or(() -> own.getOrDefault(variable, Optional.empty())),
                    all,
                    file.problems());
        }
    }

    /** {@code NAME=value} lines, taken as they are. */
    private void raw(String name, String text, Map<String, String> all, Problems problems) {
        List<String> lines = text.lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).stripLeading();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String variable = equals < 0 ? line : line.substring(0, equals);
            if (variable.isEmpty() || variable.contains(" ") || variable.contains("\t")) {
                problems.error(
                        new SourceLocation(name, index + 1, 1),
                        KeyPath.ROOT,
                        "the line has no name of a variable",
                        "write NAME=value");
            } else if (equals >= 0) {
                all.put(variable, line.substring(equals + 1));
            } else {
                variables.value(variable).ifPresent(value -> all.put(variable, value));
            }
        }
    }

    private static void checkNames(Section service) {
        Optional<YamlNode> environment = service.mapping().value("environment");
        if (environment.orElse(service.mapping()) instanceof YamlNode.Mapping pairs && environment.isPresent()) {
            for (YamlNode.Entry entry : pairs.entries()) {
                if (entry.key().isBlank()
                        || entry.key().endsWith(" ")
                        || entry.key().indexOf('\0') >= 0) {
                    service.problems()
                            .error(
                                    entry.keyLocation(),
                                    service.path().child("environment").child(entry.key()),
                                    "\"" + entry.key() + "\" is no name of a variable",
                                    "write NAME=value without a space before the equals sign");
                }
            }
        }
    }
}
