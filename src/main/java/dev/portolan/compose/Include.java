package dev.portolan.compose;

import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
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
        Mapping complete = Trees.without(document, KEY);
        if (document.value(KEY).orElse(document) instanceof Sequence sequence) {
            for (int index = 0; index < sequence.items().size(); index++) {
                KeyPath path = KeyPath.of(KEY).child(index);
                Optional<Item> item = item(sequence.items().get(index), path);
                if (item.isPresent()) {
                    complete = included(complete, item.get(), level, way, path);
                }
            }
        } else if (!document.value(KEY).orElse(document).isNothing()) {
            YamlNode wrong = document.value(KEY).orElse(document);
            problems.error(
                    wrong.location(), KeyPath.of(KEY), "must be a list, not " + wrong.kind(), "write a list of paths");
        }
        return complete;
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

    private Mapping included(Mapping document, Item item, Level level, List<String> way, KeyPath path) {
        if (item.paths().isEmpty()) {
            return document;
        }
        List<String> located = new ArrayList<>();
        for (String written : item.paths()) {
            if (RemoteFiles.isOne(written)) {
                problems.error(
                        item.location(),
                        path,
                        "\"" + written + "\" is on another machine; Portolan reads files of this one only",
                        "fetch it, and include the copy");
                return document;
            }
            if (!files.exists(level.located(written))) {
                problems.error(
                        item.location(), path, written + ": there is no such file", "create it, or correct the path");
                return document;
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
            return document;
        }
        Optional<Level> below = level(item, first, level, path);
        if (below.isEmpty()) {
            return document;
        }
        return imported(document, reader.model(below.get(), located, way), item, path);
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

    private Mapping imported(Mapping document, Mapping model, Item item, KeyPath path) {
        Mapping complete = document;
        for (String key : RESOURCES) {
            Optional<Mapping> theirs = Trees.section(model, key);
            if (theirs.isPresent()) {
                complete = imported(complete, key, theirs.get(), item, path);
            }
        }
        return complete;
    }

    private Mapping imported(Mapping document, String key, Mapping theirs, Item item, KeyPath path) {
        YamlNode value = document.value(key).orElse(new Mapping(List.of(), theirs.location()));
        if (!(value instanceof Mapping ours)) {
            return document;
        }
        Map<String, YamlNode> known = new HashMap<>();
        ours.entries().forEach(entry -> known.put(entry.key(), entry.value()));
        List<Entry> added = new ArrayList<>();
        for (Entry entry : theirs.entries()) {
            YamlNode own = known.get(entry.key());
            if (own == null) {
                added.add(entry);
            } else if (!Trees.content(own).equals(Trees.content(entry.value()))) {
                problems.add(Problem.error(
                        item.location(),
                        path.toString(),
                        key + "/" + entry.key() + " is defined at " + own.location()
                                + " and, differently, in the included file at " + entry.keyLocation(),
                        "rename one of the two, or change the included one with an override file"));
            }
        }
        Mapping complete = Trees.with(ours, added.toArray(Entry[]::new));
        return Trees.with(document, new Entry(key, complete.location(), complete));
    }
}
