package dev.portolan.compose;

import dev.portolan.yaml.YamlNode.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
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
    /** Of a longer circle the beginning and the end are told. */
    private static final int LONGEST_TOLD = 20;

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
                found(next, way);
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

    private void found(String name, SequencedSet<String> walked) {
        if (problems.full()) {
            return;
        }
        List<String> circle = new ArrayList<>(List.of(name));
        for (String before : walked.reversed()) {
            circle.add(before);
            if (before.equals(name)) {
                break;
            }
        }
        Collections.reverse(circle);
        if (circle.size() > LONGEST_TOLD) {
            List<String> middle = circle.subList(LONGEST_TOLD / 2, circle.size() - LONGEST_TOLD / 2);
            middle.clear();
            middle.add("...");
        }
        Section last = services.get(walked.getLast());
        if (last != null) {
            problems.error(
                    last.section("depends_on").orElse(last).location(name),
                    last.path().child("depends_on").child(name),
                    "services wait for each other: " + String.join(" -> ", circle),
                    "remove one of these dependencies");
        }
    }
}
