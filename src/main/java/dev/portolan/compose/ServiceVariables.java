package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variables and labels of a service in full: those of its {@code env_file}s and {@code label_file}s in their order, below
 * those of {@code environment} and {@code labels}.
 */
final class ServiceVariables {
    private final TextFiles files;
    private final Variables variables;
    private final Problems problems;

    /** @param variables of the project */
    ServiceVariables(TextFiles files, Variables variables, Problems problems) {
        this.files = files;
        this.variables = variables;
        this.problems = problems;
    }

    /** @param readsFiles of variables; those of labels are always read */
    Mapping complete(Mapping service, KeyPath path, boolean readsFiles) {
        if (!readsFiles) {
            return withLabels(service, path);
        }
        Mapping complete = Trees.at(
                service,
                "environment",
                environment -> environment instanceof Mapping mapping ? filledIn(mapping) : environment);
        return withLabels(withVariables(complete, path), path);
    }

    private Mapping filledIn(Mapping environment) {
        return Trees.each(environment, entry -> {
            Optional<String> value = entry.value().isNothing() ? variables.value(entry.key()) : Optional.empty();
            return value.isPresent()
                    ? Trees.withValue(
                            entry, Scalar.string(value.get(), entry.value().location()))
                    : entry;
        });
    }

    private Mapping withVariables(Mapping service, KeyPath path) {
        if (!(service.value("env_file").orElse(service) instanceof Sequence given)) {
            return service;
        }
        List<Entry> own = Trees.entries(service, "environment");
        Map<String, String> all = new LinkedHashMap<>();
        own.stream()
                .filter(entry -> !entry.value().isNothing())
                .forEach(entry -> all.put(entry.key(), Trees.text(entry.value())));
        Map<String, String> ours = Ordered.copy(all);
        for (int index = 0; index < given.items().size(); index++) {
            if (given.items().get(index) instanceof Mapping file) {
                variables(file, path.child("env_file").child(index), ours, all);
            }
        }
        return withPairs(Trees.without(service, "env_file"), "environment", all, own, given.location());
    }

    /** The pairs of files with those of the service over them. */
    private static Mapping withPairs(
            Mapping service, String key, Map<String, String> all, List<Entry> own, SourceLocation location) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        all.forEach((name, value) -> entries.put(name, Trees.entry(name, Scalar.string(value, location))));
        own.forEach(entry -> entries.put(entry.key(), entry));
        if (entries.isEmpty()) {
            return service;
        }
        Entry written = service.entry(key).orElse(Trees.entry(key, new Mapping(List.of(), location)));
        return Trees.with(service, Trees.withValue(written, new Mapping(List.copyOf(entries.values()), location)));
    }

    private void variables(Mapping file, KeyPath at, Map<String, String> ours, Map<String, String> all) {
        Optional<String> path = Trees.text(file, "path");
        boolean required = file.value("required").map(Trees::text).orElse("").equals("true");
        if (path.isEmpty()) {
            if (required && !problems.failed()) { // otherwise the key check has said so
                problems.error(
                        file.location(),
                        at,
                        "the path of a file of variables is empty",
                        "write it, or set the variable that gives it, or add required: false");
            }
            return;
        }
        String written = path.get();
        YamlNode pathNode = file.value("path").orElse(file);
        if (!required && !files.exists(written)) {
            return;
        }
        String format = Trees.text(file, "format").orElse("");
        text(written, pathNode, at.child("path")).ifPresent(text -> {
            switch (format) {
                case "raw" -> RawVariables.parse(files.name(written), text, variables::value, all, problems);
                case "", ".env" ->
                    DotEnv.parse(
                            files.name(written),
                            text,
                            name -> variables.value(name).or(() -> Optional.ofNullable(ours.get(name))),
                            all,
                            problems);
                default ->
                    problems.error(
                            file.value("format").orElse(file).location(),
                            at.child("format"),
                            "\"" + format + "\" is no format of variables",
                            "write raw, or remove it");
            }
        });
    }

    private Optional<String> text(String file, YamlNode at, KeyPath path) {
        if (problems.tooLarge()) {
            return Optional.empty();
        }
        try {
            return Optional.of(files.read(file));
        } catch (InvalidValue unreadable) {
            problems.error(at.location(), path, files.name(file) + ": " + unreadable.message(), unreadable.remedy());
            return Optional.empty();
        }
    }

    private Mapping withLabels(Mapping service, KeyPath path) {
        if (!(service.value("label_file").orElse(service) instanceof Sequence given)) {
            return service;
        }
        Map<String, String> all = new LinkedHashMap<>();
        for (int index = 0; index < given.items().size(); index++) {
            YamlNode file = given.items().get(index);
            Map<String, String> ofFile = new LinkedHashMap<>();
            text(Trees.text(file), file, path.child("label_file").child(index))
                    .ifPresent(text -> DotEnv.parse(
                            files.name(Trees.text(file)),
                            text,
                            name -> Optional.ofNullable(all.get(name)),
                            ofFile,
                            problems));
            all.putAll(ofFile);
        }
        return withPairs(
                Trees.without(service, "label_file"),
                "labels",
                all,
                Trees.entries(service, "labels"),
                given.location());
    }
}
