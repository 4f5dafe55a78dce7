package dev.portolan.compose;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
        services.keySet().forEach(name -> circles.follow(name, new ArrayList<>()));
    }

    private void follow(String name, List<String> way) {
        Section service = services.get(name);
        if (service == null) {
            return;
        }
        int start = way.indexOf(name);
        if (start >= 0) {
            found(name, way.subList(start, way.size()));
            return;
        }
        if (!done.contains(name)) {
            way.add(name);
            Trees.entries(service.mapping(), "depends_on").forEach(entry -> follow(entry.key(), way));
            way.removeLast();
            done.add(name);
        }
    }

    private void found(String name, List<String> way) {
        List<String> circle = new ArrayList<>(way);
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
