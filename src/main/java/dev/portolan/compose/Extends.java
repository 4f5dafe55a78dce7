package dev.portolan.compose;

import dev.portolan.compose.ModelReader.Extended;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.Suggestion;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chapter "Extends": a service over one of the same file or another one, which may extend a service itself. */
final class Extends {
    private static final String KEY = "extends";
    private static final int LONGEST_WAY = 100;

    private final ModelReader reader;
    private final Level level;
    private final String file;
    private final Problems problems;

    Extends(ModelReader reader, Level level, String file, Problems problems) {
        this.reader = reader;
        this.level = level;
        this.file = file;
        this.problems = problems;
    }

    /** A service on the way from one that extends another one. */
    private record Step(String file, String service) {
        @Override
        public String toString() {
            return service + " of " + file;
        }
    }

    /** A service that another one extends, by name. */
    private record Reference(String service, Optional<String> file, SourceLocation location) {}

    Mapping applyTo(Mapping document, Resets resets) {
        Map<String, Entry> byName = byName(Trees.entries(document, "services"));
        for (String name : List.copyOf(byName.keySet())) {
            service(name, byName, List.of(), Optional.of(resets));
        }
        return Trees.at(
                document,
                "services",
                value ->
                        value instanceof Mapping ? new Mapping(List.copyOf(byName.values()), value.location()) : value);
    }

    private static Map<String, Entry> byName(List<Entry> services) {
        Map<String, Entry> byName = new LinkedHashMap<>();
        services.forEach(entry -> byName.put(entry.key(), entry));
        return byName;
    }

    /** Completes a service in its map, and gives it back; empty when there is none or it cannot be completed. */
    private Optional<Mapping> service(
            String name, Map<String, Entry> services, List<Step> way, Optional<Resets> resets) {
        Entry entry = services.get(name);
        if (entry == null || !(entry.value() instanceof Mapping service)) {
            return Optional.empty();
        }
        KeyPath path = KeyPath.of("services").child(name);
        Optional<Entry> extending = service.entry(KEY);
        if (extending.isEmpty()) {
            return Optional.of(service);
        }
        Optional<Reference> reference = reference(extending.get(), path.child(KEY));
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        Step step = new Step(reference.get().file().orElse(file), name);
        if (way.contains(step)) {
            List<Step> circle = new ArrayList<>(way.subList(way.indexOf(step), way.size()));
            circle.add(step);
            problems.error(
                    extending.get().keyLocation(),
                    path.child(KEY),
                    "services extend each other: "
                            + String.join(
                                    " -> ", circle.stream().map(Step::toString).toList()),
                    "remove one of these");
            return Optional.empty();
        }
        if (way.size() >= LONGEST_WAY) {
            problems.error(
                    extending.get().keyLocation(),
                    path.child(KEY),
                    "more than " + LONGEST_WAY + " services extend each other",
                    "make the way shorter");
            return Optional.empty();
        }
        List<Step> longer = new ArrayList<>(way);
        longer.add(step);
        Optional<Mapping> base = base(reference.get(), services, longer, path.child(KEY));
        if (base.isEmpty()) {
            return Optional.of(service);
        }
        Mapping left = resets.map(reset -> reset.applyTo(rooted(name, base.get())))
                .flatMap(root -> root.value("services"))
                .flatMap(all -> ((Mapping) all).value(name))
                .map(Mapping.class::cast)
                .orElse(base.get());
        try {
            problems.grow(Trees.SIZE_OF_VALUE); // so that the rest need not be measured once there is too much
            problems.grow(Trees.size(left));
        } catch (InvalidValue tooLarge) {
            problems.error(extending.get().keyLocation(), path.child(KEY), tooLarge);
            return Optional.of(service);
        }
        Mapping merged = Trees.without(Merge.extended(left, service, path, problems), KEY);
        services.put(name, Trees.withValue(entry, new Mapping(merged.entries(), service.location())));
        return Optional.of(merged);
    }

    private static Mapping rooted(String name, Mapping service) {
        return Trees.mapping(
                service.location(),
                Trees.entry("services", Trees.mapping(service.location(), Trees.entry(name, service))));
    }

    private Optional<Mapping> base(Reference reference, Map<String, Entry> services, List<Step> way, KeyPath path) {
        if (reference.file().isEmpty()) {
            if (!services.containsKey(reference.service())) {
                missing(reference, services, path);
            }
            return service(reference.service(), services, way, Optional.empty());
        }
        String other = level.located(reference.file().get());
        if (!reader.files().exists(other)) {
            problems.error(
                    reference.location(),
                    path,
                    reference.file().get() + ": there is no such file",
                    "create it, or correct the path");
            return Optional.empty();
        }
        Optional<Extended> extended = reader.extendedFile(other, level);
        if (extended.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Entry> theirs = byName(Trees.entries(extended.get().root(), "services"));
        if (!theirs.containsKey(reference.service())) {
            missing(reference, theirs, path);
        }
        return service(
                reference.service(), theirs, way, Optional.of(extended.get().resets()));
    }

    private void missing(Reference reference, Map<String, Entry> known, KeyPath path) {
        if (problems.full()) {
            return; // to look for the nearest name takes time
        }
        problems.error(
                reference.location(),
                path,
                "the service \"" + reference.service() + "\" is not defined"
                        + reference.file().map(other -> " in " + other).orElse(""),
                Suggestion.nearest(reference.service(), known.keySet())
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse("name a service that is there"));
    }

    private Optional<Reference> reference(Entry entry, KeyPath path) {
        YamlNode node = entry.value();
        if (node instanceof Scalar scalar && Trees.isText(scalar)) {
            return Optional.of(new Reference(scalar.text(), Optional.empty(), scalar.location()));
        }
        if (node instanceof Mapping mapping) {
            Optional<YamlNode> service = mapping.value("service").filter(Trees::isText);
            if (service.isEmpty()) {
                problems.error(mapping.location(), path, "service is missing", "add service: with its name");
                return Optional.empty();
            }
            return Optional.of(new Reference(
                    Trees.text(service.get()),
                    Trees.text(mapping, "file"),
                    service.get().location()));
        }
        problems.error(
                node.location(),
                path,
                "must be a string or a mapping, not " + node.kind(),
                "write a string or a mapping");
        return Optional.empty();
    }
}
