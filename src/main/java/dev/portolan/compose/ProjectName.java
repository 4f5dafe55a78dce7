package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The chapter "Version and name": what the project is called. */
final class ProjectName {
    private static final String VARIABLE = "COMPOSE_PROJECT_NAME";

    private ProjectName() {}

    /** Lower-case letters, digits, hyphens and underscores, beginning with a letter or a digit. */
    static String normalised(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "").replaceAll("^[_-]+", "");
    }

    /**
     * The given name, or {@code COMPOSE_PROJECT_NAME}, or the last {@code name} in the files, or the folder's name. Empty when
     * there is none; that is a problem.
     *
     * @param roots of the files, before their variables are filled in
     */
    static String find(
            ComposeSource source, String folder, List<YamlNode> roots, Variables variables, Problems problems) {
        Optional<String> given =
                source.name().or(() -> variables.value(VARIABLE).filter(name -> !name.isEmpty()));
        if (given.isPresent()) {
            if (!given.get().equals(normalised(given.get())) || given.get().isEmpty()) {
                problems.error(
                        SourceLocation.wholeFile(folder),
                        KeyPath.ROOT,
                        "\"" + given.get() + "\" is no name of a project",
                        "use lower-case letters, digits, hyphens and underscores, and begin with a letter or a digit");
            }
            return given.get();
        }
        Optional<Scalar> written = Optional.empty();
        for (YamlNode root : roots) {
            if (root instanceof Mapping mapping
                    && mapping.value("name").orElse(root) instanceof Scalar scalar
                    && !scalar.text().isEmpty()) {
                written = Optional.of(scalar);
            }
        }
        String name = written.map(scalar -> ofFile(scalar, source.steps(), variables))
                .orElseGet(() -> normalised(folder.substring(folder.lastIndexOf('/') + 1)));
        if (name.isEmpty()) {
            problems.error(
                    written.map(Scalar::location).orElse(SourceLocation.wholeFile(folder)),
                    KeyPath.ROOT,
                    "the project has no name",
                    "write name: with a letter or a digit at its beginning");
        }
        return name;
    }

    private static String ofFile(Scalar written, ReadingSteps steps, Variables variables) {
        String name = steps.fillsIn() ? filledIn(written, variables) : written.text();
        return steps.normalises() ? normalised(name) : name;
    }

    /** What is wrong with it is said when the whole file is filled in. */
    private static String filledIn(Scalar scalar, Variables variables) {
        try {
            return Template.substitute(scalar.text(), variables::value, unset -> {});
        } catch (InvalidValue invalid) {
            return scalar.text();
        }
    }
}
