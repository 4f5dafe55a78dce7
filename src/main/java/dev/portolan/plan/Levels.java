package dev.portolan.plan;

import dev.portolan.model.Dependency;
import dev.portolan.model.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The order in which services start: each level depends only on the levels before it. */
final class Levels {

    private Levels() {}

    /** @throws IllegalArgumentException when services depend on each other in a circle, which the reader refuses */
    static List<List<Service>> of(List<Service> services) {
        List<List<Service>> levels = new ArrayList<>();
        Set<String> done = new HashSet<>();
        List<Service> left = new ArrayList<>(services);
        Set<String> known = new HashSet<>(services.stream().map(Service::name).toList());
        while (!left.isEmpty()) {
            List<Service> level = left.stream()
                    .filter(service -> service.dependencies().stream()
                            .map(Dependency::service)
                            .allMatch(name -> done.contains(name) || !known.contains(name)))
                    .toList();
            if (level.isEmpty()) {
                throw new IllegalArgumentException("services depend on each other in a circle: " + left);
            }
            levels.add(level);
            left.removeAll(level);
            level.forEach(service -> done.add(service.name()));
        }
        return levels;
    }
}
