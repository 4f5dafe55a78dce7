package dev.portolan.plan;

import dev.portolan.plan.Plan.RegionPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which regions move together, one group after the other. */
final class Groups {
    private final String primary;
    private final Set<String> serving;

    /** @param serving regions that get readers now and have an answer for them */
    Groups(String primary, Set<String> serving) {
        this.primary = primary;
        this.serving = Set.copyOf(serving);
    }

    /** The secondaries, at most so many at once; the primary alone, last. */
    List<List<RegionPlan>> primaryLast(List<RegionPlan> regions, int maxParallel) {
        List<RegionPlan> secondaries =
                regions.stream().filter(region -> !isPrimary(region)).toList();
        Stream<List<RegionPlan>> last = regions.stream().filter(this::isPrimary).map(List::of);
        return Stream.concat(split(secondaries, maxParallel).stream(), last)
                .flatMap(group -> leavingOneServing(group).stream())
                .toList();
    }

    /** As many at once as possible. */
    List<List<RegionPlan>> atOnce(List<RegionPlan> regions) {
        return regions.isEmpty() ? List.of() : leavingOneServing(regions);
    }

    /**
     * Regions that are drained while they move must leave one to which their readers can go: when the group would drain every
     * region that serves now, one of them, the primary if it is among them, waits until the others are back.
     */
    private List<List<RegionPlan>> leavingOneServing(List<RegionPlan> group) {
        List<RegionPlan> drained = group.stream().filter(Groups::drains).toList();
        List<RegionPlan> fromService = drained.stream()
                .filter(region -> serving.contains(region.region()))
                .toList();
        Set<String> left = new HashSet<>(serving);
        fromService.forEach(region -> left.remove(region.region()));
        if (group.size() == 1 || fromService.isEmpty() || !left.isEmpty()) {
            return List.of(group);
        }
        RegionPlan waits =
                fromService.stream().filter(this::isPrimary).findFirst().orElse(fromService.getLast());
        return List.of(group.stream().filter(region -> !region.equals(waits)).toList(), List.of(waits));
    }

    private boolean isPrimary(RegionPlan region) {
        return region.region().equals(primary);
    }

    private static boolean drains(RegionPlan region) {
        return region.before().stream().anyMatch(Step.DrainRegion.class::isInstance);
    }

    private static <T> List<List<T>> split(List<T> items, int size) {
        List<List<T>> groups = new ArrayList<>();
        for (long start = 0; start < items.size(); start += size) {
            groups.add(items.subList((int) start, (int) Math.min(items.size(), start + size)));
        }
        return groups;
    }
}
