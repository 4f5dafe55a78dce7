package dev.portolan.deploy;

import dev.portolan.deploy.ServiceChange.Kind;
import dev.portolan.model.Desired;
import dev.portolan.model.Region;
import dev.portolan.model.Service;
import dev.portolan.model.Workload;
import dev.portolan.plan.Plan;
import dev.portolan.plan.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What differs between two releases, for a person. Pure.
 *
 * @param services of both, those of the new one first
 * @param others what differs beside the services
 */
public record Changes(List<ServiceChange> services, List<String> others) {

    public static final Changes NONE = new Changes(List.of(), List.of());

    public Changes {
        services = List.copyOf(services);
        others = List.copyOf(others);
    }

    /** @param from empty for the first release */
    public static Changes between(Optional<Desired> from, Desired to) {
        Set<String> names = new LinkedHashSet<>();
        Stream.of(Optional.of(to), from)
                .flatMap(Optional::stream)
                .flatMap(release -> release.workloads().values().stream())
                .flatMap(workload -> workload.services().stream())
                .forEach(service -> names.add(service.name()));
        return new Changes(
                inOrder(names, to).stream().map(name -> service(name, from, to)).toList(),
                from.map(before -> others(before, to)).orElse(List.of()));
    }

    /** As above, and it says which services a plan touches although they did not change. */
    public static Changes of(Plan plan, Optional<Desired> from, Desired to) {
        Changes changes = between(from, to);
        Set<String> touched = new HashSet<>();
        plan.steps().forEach(step -> {
            if (step instanceof Step.Start start) {
                start.replicas()
                        .forEach(replica -> touched.add(replica.service().name()));
            } else if (step instanceof Step.CutOver cutOver) {
                touched.add(cutOver.service());
            }
        });
        return new Changes(
                changes.services().stream()
                        .map(change -> change.kind() == Kind.UNTOUCHED && touched.contains(change.service())
                                ? new ServiceChange(change.service(), Kind.BROUGHT_BACK, List.of(), List.of())
                                : change)
                        .toList(),
                changes.others());
    }

    /** In a few words, for a list: what is not untouched. */
    public String summary() {
        List<String> parts = new ArrayList<>();
        services.stream()
                .filter(change -> change.kind() != Kind.UNTOUCHED)
                .map(ServiceChange::text)
                .forEach(parts::add);
        parts.addAll(others);
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    private static List<String> inOrder(Set<String> names, Desired to) {
        Set<String> ordered = new LinkedHashSet<>();
        to.regions()
                .forEach(region ->
                        to.workload(region.name()).services().forEach(service -> ordered.add(service.name())));
        ordered.addAll(names);
        return List.copyOf(ordered);
    }

    private static ServiceChange service(String name, Optional<Desired> from, Desired to) {
        List<String> regions = new ArrayList<>();
        Set<String> what = new LinkedHashSet<>();
        Set<Kind> kinds = new LinkedHashSet<>();
        Set<String> all = new LinkedHashSet<>();
        Stream.of(Optional.of(to), from)
                .flatMap(Optional::stream)
                .flatMap(release -> release.regions().stream())
                .map(Region::name)
                .forEach(all::add);
        for (String where : all) {
            Optional<Service> before = from.flatMap(release -> in(release, where, name));
            Optional<Service> after = in(to, where, name);
            Kind kind = kind(before, after);
            if (kind != Kind.UNTOUCHED) {
                kinds.add(kind);
                regions.add(where);
                before.ifPresent(old -> after.ifPresent(now -> {
                    what.addAll(Difference.between(old, FileChanges.withFilesOf(old, now)));
                    what.addAll(FileChanges.between(old, from.orElseThrow().workload(where), now, to.workload(where)));
                }));
            }
        }
        Kind kind = kinds.isEmpty()
                ? Kind.UNTOUCHED
                : kinds.size() == 1 ? kinds.iterator().next() : Kind.CHANGED;
        return new ServiceChange(name, kind, List.copyOf(what), regions.size() == all.size() ? List.of() : regions);
    }

    private static Kind kind(Optional<Service> before, Optional<Service> after) {
        if (before.isEmpty()) {
            return after.isEmpty() ? Kind.UNTOUCHED : Kind.NEW;
        }
        if (after.isEmpty()) {
            return Kind.REMOVED;
        }
        return before.get().hash().equals(after.get().hash())
                        && before.get().replicas() == after.get().replicas()
                        && before.get().hosts().equals(after.get().hosts())
                ? Kind.UNTOUCHED
                : Kind.CHANGED;
    }

    private static Optional<Service> in(Desired release, String region, String name) {
        return Optional.ofNullable(release.workloads().get(region))
                .flatMap((Workload workload) -> workload.service(name));
    }

    private static List<String> others(Desired from, Desired to) {
        List<String> others = new ArrayList<>();
        List<String> before = from.regions().stream().map(Region::name).toList();
        List<String> after = to.regions().stream().map(Region::name).toList();
        after.stream().filter(name -> !before.contains(name)).forEach(name -> others.add("region " + name + " is new"));
        before.stream().filter(name -> !after.contains(name)).forEach(name -> others.add("region " + name + " goes"));
        if (!from.primary().equals(to.primary())) {
            others.add("the primary is " + to.primary() + ", no longer " + from.primary());
        }
        if (!from.routes().equals(to.routes())) {
            others.add("routes");
        }
        if (!from.traffic().equals(to.traffic())) {
            others.add("traffic");
        }
        if (!from.releaseCommand().equals(to.releaseCommand())) {
            others.add("release command");
        }
        if (!from.rollout().equals(to.rollout())) {
            others.add("rollout settings");
        }
        return others;
    }
}
