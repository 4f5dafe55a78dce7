package dev.portolan.compose;

import dev.portolan.yaml.YamlNode.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/** Services that wait for each other. Each is followed once, so that time is bounded by the number of dependencies. */
final class DependencyCircles {
    private final Map<String, Section> services;
    private final Problems problems;
    private final Set<String> done = new HashSet<>();

    private DependencyCircles(Map<String, Section> services, Problems problems) {
        this.services = services;
        this.problems = problems;
    }

    static void check(Map<String, Section> services, Problems problems) {
        DependencyCircles circles = new DependencyCircles(services, problems);
        services.keySet().forEach(circles::follow);
    }

    /** Without recursion: a chain may be longer than a stack is deep. */
    private void follow(String first) {
        SequencedSet<String> way = new LinkedHashSet<>();
        Deque<Iterator<Entry>> open = new ArrayDeque<>();
        enter(first, way, open);
        while (!open.isEmpty()) {
            if (!open.getLast().hasNext()) {
                open.removeLast();
                done.add(way.removeLast());
                continue;
            }
            String next = open.getLast().next().key();
            if (way.contains(next)) {
                found(next, List.copyOf(way));
            } else {
                enter(next, way, open);
            }
        }
    }

    private void enter(String name, SequencedSet<String> way, Deque<Iterator<Entry>> open) {
        Section service = services.get(name);
        if (service != null && !done.contains(name)) {
            way.add(name);
            open.add(Trees.entries(service.mapping(), "depends_on").iterator());
        }
    }

    private void found(String name, List<String> way) {
        List<String> circle = new ArrayList<>(way.subList(way.indexOf(name), way.size()));
        circle.add(name);
        Section last = services.get(way.getLast());
        if (last != null) {
            problems.error(
                    last.section("depends_on").orElse(last).location(name),
                    last.path().child("depends_on").child(name),
                    "services wait for each other: " + String.join(" -> ", circle),
                    "remove one of these dependencies");
        }
    }
}
