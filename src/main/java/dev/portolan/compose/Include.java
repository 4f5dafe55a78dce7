package dev.portolan.compose;

import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chapter "Include": other projects, each read by itself, whose resources are added to those of the file. */
final class Include {
    private static final String KEY = "include";
    private static final List<String> RESOURCES =
            List.of("services", "volumes", "networks", "secrets", "configs", "models");

    private final ModelReader reader;
    private final TextFiles files;
    private final Problems problems;

    Include(ModelReader reader, TextFiles files, Problems problems) {
        this.reader = reader;
        this.files = files;
        this.problems = problems;
    }

    /** One item of {@code include}. */
    private record Item(
            List<String> paths, Optional<String> folder, List<String> variableFiles, SourceLocation location) {}

    /** @param way the files that include each other, with the one of the document at the end */
    Mapping addTo(Mapping document, Level level, List<String> way) {
        if (document.entry(KEY).isEmpty()) {
            return document;
        }
        Resources resources = new Resources(Trees.without(document, KEY));
        if (document.value(KEY).orElse(document) instanceof Sequence sequence) {
            for (int index = 0; index < sequence.items().size(); index++) {
                KeyPath path = KeyPath.of(KEY).child(index);
                item(sequence.items().get(index), path).ifPresent(item -> include(item, resources, level, way, path));
            }
        } else if (!document.value(KEY).orElse(document).isNothing()) {
            YamlNode wrong = document.value(KEY).orElse(document);
            problems.error(
                    wrong.location(), KeyPath.of(KEY), "must be a list, not " + wrong.kind(), "write a list of paths");
        }
        return resources.complete();
    }

    private Optional<Item> item(YamlNode node, KeyPath path) {
        if (node instanceof Scalar && Trees.isText(node)) {
            return Optional.of(new Item(List.of(Trees.text(node)), Optional.empty(), List.of(), node.location()));
        }
        if (node instanceof Mapping mapping) {
            int before = problems.count();
            checked(mapping, path);
            return problems.count() > before
                    ? Optional.empty()
                    : Optional.of(new Item(
                            texts(mapping, "path"),
                            Trees.text(mapping, "project_directory").filter(folder -> !folder.isEmpty()),
                            texts(mapping, "env_file"),
                            node.location()));
        }
        problems.error(
                node.location(), path, "must be a string or a mapping, not " + node.kind(), "write the path of a file");
        return Optional.empty();
    }

    /** What the key check would say, which comes too late here: an included file is gone by then. */
    private void checked(Mapping mapping, KeyPath path) {
        for (Entry entry : mapping.entries()) {
            boolean fits = switch (entry.key()) {
                case "path", "env_file" -> KeyCheck.fits(entry.value(), Shapes.STRING_OR_STRINGS);
                case "project_directory" -> Trees.isText(entry.value());
                default -> true;
            };
            if (!fits) {
                problems.error(
                        entry.value().location(),
                        path.child(entry.key()),
                        "must be a string" + (entry.key().equals("project_directory") ? "" : " or a list") + ", not "
                                + entry.value().kind(),
                        "write a path");
            }
        }
    }

    private static List<String> texts(Mapping mapping, String key) {
        return mapping.value(key).map(PairsList::of).stream()
                .flatMap(sequence -> sequence.items().stream())
                .map(Trees::text)
                .toList();
    }

    private void include(Item item, Resources resources, Level level, List<String> way, KeyPath path) {
        if (item.paths().isEmpty()) {
            return;
        }
        List<String> located = new ArrayList<>();
        for (String written : item.paths()) {
            if (RemoteFiles.isOne(written)) {
                problems.error(
                        item.location(),
                        path,
                        "\"" + written + "\" is on another machine; Portolan reads files of this one only",
                        "fetch it, and include the copy");
                return;
            }
            if (!files.exists(level.located(written))) {
                problems.error(
                        item.location(), path, written + ": there is no such file", "create it, or correct the path");
                return;
            }
            located.add(level.located(written));
        }
        String first = located.getFirst();
        if (way.contains(first)) {
            List<String> circle = new ArrayList<>(way.subList(way.indexOf(first), way.size()));
            circle.add(first);
            problems.error(
                    item.location(),
                    path,
                    "files include each other: "
                            + String.join(
                                    " -> ", circle.stream().map(files::name).toList()),
                    "remove one of these");
            return;
        }
        Optional<Level> below = level(item, first, level, path);
        if (below.isEmpty()) {
            return;
        }
        resources.add(reader.model(below.get(), located, way), item, path);
    }

    private Optional<Level> level(Item item, String first, Level level, KeyPath path) {
        String folder;
        String base;
        if (item.folder().isEmpty()) {
            base = level.folderOf(first, files);
            folder = PathText.folder(first);
        } else if (PathText.isAbsolute(item.folder().get())) {
            base = item.folder().get();
            folder = base;
        } else {
            base = level.folderOf(item.folder().get(), files);
            folder = PathText.joined(level.base(), item.folder().get());
        }
        Variables variables = new Variables(level.variables());
        Optional<Map<String, String>> more = variables(item, folder, level, path);
        more.ifPresent(variables::addBelow);
        return more.map(found -> new Level(folder, base, variables, true));
    }

    /** Those of the files that the item names, or of the folder's {@code .env}; empty when one cannot be read. */
    private Optional<Map<String, String>> variables(Item item, String folder, Level level, KeyPath path) {
        List<String> given = new ArrayList<>();
        if (item.variableFiles().isEmpty()) {
            String usual = PathText.joined(folder, ".env");
            if (files.exists(usual) && !files.isFolder(usual)) {
                given.add(usual);
            }
        }
        for (String file : item.variableFiles()) {
            String located = PathText.isAbsolute(file) ? file : PathText.joined(level.base(), file);
            if (!files.exists(located) || files.isFolder(located)) {
                problems.error(
                        item.location(),
                        path.child("env_file"),
                        files.name(located) + " is " + (files.isFolder(located) ? "a folder" : "not there"),
                        "create it, or correct the path");
                return Optional.empty();
            }
            given.add(located);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String file : given) {
            files.read(file, problems)
                    .ifPresent(
                            text -> DotEnv.parse(files.name(file), text, level.variables()::value, values, problems));
        }
        return Optional.of(values);
    }

    /** The resources of a file, and those of what it includes: gathered once, however many files it includes. */
    private final class Resources {
        private final Mapping document;
        private final Map<String, Map<String, Entry>> byKey = new LinkedHashMap<>();

        Resources(Mapping document) {
            this.document = document;
        }

        void add(Mapping model, Item item, KeyPath path) {
            try {
                problems.grow(Trees.SIZE_OF_VALUE); // so that the rest need not be measured once there is too much
                problems.grow(Trees.size(model));
            } catch (InvalidValue tooLarge) {
                problems.error(item.location(), path, tooLarge);
                return;
            }
            for (String key : RESOURCES) {
                Trees.section(model, key)
                        .filter(theirs -> document.value(key).orElse(theirs) instanceof Mapping)
                        .ifPresent(theirs -> theirs.entries().forEach(entry -> add(key, entry, item, path)));
            }
        }

        private void add(String key, Entry entry, Item item, KeyPath path) {
            Entry own = byKey.computeIfAbsent(key, this::written).putIfAbsent(entry.key(), entry);
            if (own != null && !problems.full() && !Trees.content(own.value()).equals(Trees.content(entry.value()))) {
                problems.add(Problem.error(
                        item.location(),
                        path.toString(),
                        key + "/" + entry.key() + " is defined at "
                                + own.value().location() + " and, differently, in the included file at "
                                + entry.keyLocation(),
                        "rename one of the two, or change the included one with an override file"));
            }
        }

        private Map<String, Entry> written(String key) {
            Map<String, Entry> entries = new LinkedHashMap<>();
            Trees.entries(document, key).forEach(entry -> entries.put(entry.key(), entry));
            return entries;
        }

        /** The file with all of them. */
        Mapping complete() {
            List<Entry> sections = new ArrayList<>();
            byKey.forEach((key, entries) -> {
                SourceLocation location = Trees.section(document, key)
                        .map(Mapping::location)
                        .orElseGet(() -> entries.values().iterator().next().keyLocation());
                sections.add(new Entry(key, location, new Mapping(List.copyOf(entries.values()), location)));
            });
            return Trees.with(document, sections.toArray(Entry[]::new));
        }
    }
}
