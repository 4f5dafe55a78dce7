package dev.portolan.yaml;

import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/**
 * Turns the events of a parser into nodes. An alias stands for the very node of its anchor, so that a text full of aliases
 * takes no more memory than it is long; values are counted as if it were copied, so that no reader of the nodes is
 * surprised.
 */
final class DocumentReader {
    private static final String MERGE_KEY = "<<";
    private static final String YAML_TAG = "tag:yaml.org,2002:";

    private final String file;
    private final Iterator<Event> events;
    private final List<Problem> problems;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private long values;
    private SourceLocation last;
    /** How deep the value that is being read goes, from the root. */
    private int deepest;

    private final TabCheck tabs;

    DocumentReader(String file, Iterator<Event> events, TabCheck tabs, List<Problem> problems) {
        this.tabs = tabs;
        this.file = file;
        this.events = events;
        this.problems = problems;
        this.last = SourceLocation.wholeFile(file);
    }

    /**
     * @param node empty while its end has not been read
     * @param values how many it holds, itself among them
     * @param height how many collections lie in each other in it
     */
    private record Anchored(Optional<YamlNode> node, long values, int height) {}

    /** Stops the reading: what follows could not be read within bounds. */
    private static final class LimitReached extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LimitReached() {
            super("limit reached", null, false, false);
        }
    }

    void readAll(List<YamlNode> documents) {
        try {
            while (events.hasNext()) {
                Event event = events.next();
                if (event instanceof DocumentStartEvent start) {
                    checkVersion(start);
                    anchors.clear();
                    documents.add(node(events.next(), 0));
                }
            }
        } catch (LimitReached limit) {
            documents.clear();
        }
    }

    /** The YAML library of Docker Compose knows no other version, so such a file cannot be shared with it. */
    private void checkVersion(DocumentStartEvent start) {
        start.getSpecVersion()
                .filter(version -> version.getMajor() != 1 || version.getMinor() != 1)
                .ifPresent(version -> problem(Problem.error(
                        location(start),
                        "",
                        "YAML " + version.getMajor() + "." + version.getMinor() + " is asked for, which Docker Compose"
                                + " does not read",
                        "remove the line that begins with %YAML")));
    }

    private YamlNode node(Event event, int depth) {
        SourceLocation location = location(event);
        if (event instanceof AliasEvent alias) {
            return aliased(alias, location, depth);
        }
        count(1, location);
        long before = values - 1;
        int deepestBefore = deepest;
        deepest = depth;
        Optional<Anchor> anchor = event instanceof NodeEvent node ? node.getAnchor() : Optional.empty();
        anchor.ifPresent(name -> anchors.put(name, new Anchored(Optional.empty(), 0, 0)));
        YamlNode node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar, location);
            case SequenceStartEvent start -> sequence(start, location, depth + 1);
            case MappingStartEvent start -> mapping(start, location, depth + 1);
            default -> throw new IllegalStateException("not the start of a value: " + event);
        };
        Anchored complete = new Anchored(Optional.of(node), values - before, deepest - depth);
        anchor.ifPresent(name -> anchors.put(name, complete));
        deepest = Math.max(deepestBefore, deepest);
        return node;
    }

    private YamlNode aliased(AliasEvent alias, SourceLocation location, int depth) {
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null || anchored.node().isEmpty()) {
            String name = alias.getAlias().getValue();
            problem(
                    anchored == null
                            ? Problem.error(
                                    location,
                                    "",
                                    "the alias *" + name + " has no anchor before it",
                                    "write &" + name + " before the value that it stands for")
                            : Problem.error(
                                    location,
                                    "",
                                    "the alias *" + name + " stands inside the value that it stands for",
                                    "give it a value that ends before it"));
            return new Scalar("", false, "", location);
        }
        count(anchored.values(), location);
        checkDepth(depth + anchored.height(), location);
        return anchored.node().get();
    }

    /** Of very many only the first are told. */
    private void problem(Problem problem) {
        if (problems.size() >= YamlReader.MOST_PROBLEMS) {
            throw new LimitReached();
        }
        problems.add(problem);
    }

    private void count(long more, SourceLocation location) {
        values += more;
        if (values > YamlReader.MOST_VALUES) {
            problem(Problem.error(
                    location,
                    "",
                    "the file holds more than " + YamlReader.MOST_VALUES + " values once its aliases are filled in",
                    "use fewer aliases, or split the file"));
            throw new LimitReached();
        }
    }

    private void checkDepth(int depth, SourceLocation location) {
        deepest = Math.max(deepest, depth);
        if (depth > YamlReader.DEEPEST_NESTING) {
            problem(Problem.error(
                    location,
                    "",
                    "more than " + YamlReader.DEEPEST_NESTING + " lists and mappings lie in each other here",
                    "write it flatter"));
            throw new LimitReached();
        }
    }

    private Scalar scalar(ScalarEvent event, SourceLocation location) {
        if (event.getScalarStyle() == ScalarStyle.SINGLE_QUOTED
                || event.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED) {
            tabs.allow(event, event);
        } else {
            tabs.allowAfterDash(event);
        }
        String tag = tag(event.getTag());
        boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
        return switch (event.getTag().orElse("")) {
            case YAML_TAG + "str", "!" -> Scalar.string(event.getValue(), location);
            case YAML_TAG + "int", YAML_TAG + "float", YAML_TAG + "bool", YAML_TAG + "null" ->
                new Scalar(event.getValue(), false, "", location);
            case YAML_TAG + "binary" -> Scalar.string(decoded(event.getValue()), location);
            default -> new Scalar(event.getValue(), !plain, tag, location);
        };
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return base64;
        }
    }

    private Sequence sequence(SequenceStartEvent start, SourceLocation location, int depth) {
        checkDepth(depth, location);
        List<YamlNode> items = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            items.add(node(event, depth));
            event = events.next();
        }
        allowTabs(start, event);
        return new Sequence(items, tag(start.getTag()), location);
    }

    private Mapping mapping(MappingStartEvent start, SourceLocation location, int depth) {
        checkDepth(depth, location);
        Map<String, Entry> own = new LinkedHashMap<>();
        List<Mapping> merged = new ArrayList<>();
        Optional<SourceLocation> firstMerge = Optional.empty();
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            YamlNode key = node(event, depth);
            boolean mergeKey = key instanceof Scalar scalar
                    && !scalar.quoted()
                    && scalar.text().equals(MERGE_KEY);
            YamlNode value = node(events.next(), depth);
            if (mergeKey) {
                firstMerge.ifPresent(first -> mergesTwice(key.location(), first));
                firstMerge = firstMerge.or(() -> Optional.of(key.location()));
                addMerged(value, merged);
            } else {
                key(key).ifPresent(name -> addOwn(own, new Entry(name, key.location(), value)));
            }
            event = events.next();
        }
        allowTabs(start, event);
        for (Mapping from : merged) {
            from.entries().forEach(entry -> own.putIfAbsent(entry.key(), entry));
        }
        return new Mapping(List.copyOf(own.values()), tag(start.getTag()), location);
    }

    private void allowTabs(CollectionStartEvent start, Event end) {
        if (start.isFlow()) {
            tabs.allow(start, end);
        }
    }

    private void addOwn(Map<String, Entry> own, Entry entry) {
        Entry first = own.putIfAbsent(entry.key(), entry);
        if (first != null) {
            problem(Problem.error(
                    entry.keyLocation(),
                    "",
                    "the key \"" + entry.key() + "\" is here a second time; it was set before at "
                            + first.keyLocation(),
                    "remove one of the two"));
        }
    }

    private void mergesTwice(SourceLocation second, SourceLocation first) {
        problem(Problem.error(
                second,
                "",
                "<< is here a second time; it was set before at " + first,
                "merge all of them with one, such as <<: [*one, *other]"));
    }

    private Optional<String> key(YamlNode key) {
        if (key instanceof Scalar scalar && scalar.value() instanceof ScalarValue.Text text) {
            return Optional.of(text.text());
        }
        problem(Problem.error(
                key.location(),
                "",
                "a key must be a string; this one is " + key.kind(),
                key instanceof Scalar ? "put it in quotes" : "use a string as the key"));
        return Optional.empty();
    }

    private void addMerged(YamlNode value, List<Mapping> merged) {
        switch (value) {
            case Mapping mapping -> merged.add(mapping);
            case Sequence sequence
            when sequence.items().stream().allMatch(Mapping.class::isInstance) ->
                sequence.items().forEach(item -> merged.add((Mapping) item));
            default -> {
                boolean unknownAlias =
                        problems.stream().anyMatch(problem -> problem.location().equals(value.location()));
                if (!unknownAlias) {
                    problem(Problem.error(
                            value.location(),
                            "",
                            "<< merges a mapping or a list of mappings; this is " + value.kind(),
                            "give it the alias of a mapping, such as *defaults"));
                }
            }
        }
    }

    /** Where the last value began that could be read. */
    SourceLocation last() {
        return last;
    }

    private SourceLocation location(Event event) {
        last = event.getStartMark()
                .map(mark -> new SourceLocation(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(SourceLocation.wholeFile(file));
        return last;
    }

    /** Tags of YAML itself say nothing that the value does not say. */
    private static String tag(Optional<String> tag) {
        return tag.filter(name -> !name.startsWith(YAML_TAG) && !name.equals("!"))
                .orElse("");
    }
}
