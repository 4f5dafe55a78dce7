package dev.portolan.config;

import dev.portolan.compose.ComposeService;
import dev.portolan.compose.Deploy;
import dev.portolan.config.PortolanFile.RegionEntry;
import dev.portolan.model.SourceLocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which hosts have a service: {@code deploy.placement.constraints} choose among them by the name of their region
 * ({@code node.labels.region}), by the labels that portolan.yml gives them ({@code node.labels.disk}) and by their names ({@code
 * node.hostname}). Other constraints are about nodes of a Swarm, and have no effect here, as they have none in Docker Compose.
 */
final class Placements {
    private static final Pattern CONSTRAINT = Pattern.compile("\\s*([A-Za-z0-9._-]+)\\s*(==|!=)\\s*(.*?)\\s*");
    private static final String LABEL = "node.labels.";
    private static final String REGION = LABEL + "region";
    private static final String HOST = "node.hostname";

    private final List<Candidate> candidates;
    private final Problems problems;

    /** A host as constraints see it. */
    private record Candidate(String region, String host, Map<String, String> labels) {

        /** Empty for what is about nodes of a Swarm. */
        Optional<String> value(String attribute) {
            if (attribute.equals(REGION)) {
                return Optional.of(region);
            }
            if (attribute.equals(HOST)) {
                return Optional.of(host);
            }
            return attribute.startsWith(LABEL)
                    ? Optional.of(labels.getOrDefault(attribute.substring(LABEL.length()), ""))
                    : Optional.empty();
        }
    }

    private record Constraint(String attribute, boolean equal, String value) implements Predicate<Candidate> {

        @Override
        public boolean test(Candidate candidate) {
            return candidate
                    .value(attribute)
                    .map(found -> found.equals(value) == equal)
                    .orElse(true);
        }
    }

    Placements(List<RegionEntry> regions, Problems problems) {
        this.candidates = regions.stream()
                .flatMap(region -> region.hosts().stream()
                        .map(host -> new Candidate(region.name().value(), host.name(), host.labels())))
                .toList();
        this.problems = problems;
    }

    /** The names of those hosts of the region that are to have the service. What is wrong is said with the first region. */
    List<String> hosts(String region, ComposeService service) {
        List<String> written =
                service.deploy().map(deploy -> deploy.placement().constraints()).orElse(List.of());
        if (region.equals(candidates.getFirst().region())) {
            check(service, written);
        }
        List<Constraint> constraints =
                written.stream().flatMap(text -> read(text).stream()).toList();
        return candidates.stream()
                .filter(candidate -> candidate.region().equals(region)
                        && constraints.stream().allMatch(constraint -> constraint.test(candidate)))
                .map(Candidate::host)
                .toList();
    }

    /** All hosts of the region. */
    List<String> hosts(String region) {
        return candidates.stream()
                .filter(candidate -> candidate.region().equals(region))
                .map(Candidate::host)
                .toList();
    }

    private void check(ComposeService service, List<String> written) {
        boolean good = true;
        for (String text : written) {
            Optional<Constraint> constraint = read(text);
            if (constraint.isEmpty()) {
                warning(service, text);
            } else if (candidates.stream().noneMatch(constraint.get())) {
                error(
                        service,
                        "\"" + text + "\" is true of no "
                                + (constraint.get().attribute().equals(REGION) ? "region" : "host"),
                        remedy(constraint.get()));
                good = false;
            }
        }
        List<Constraint> all =
                written.stream().flatMap(text -> read(text).stream()).toList();
        if (good
                && candidates.stream()
                        .noneMatch(candidate -> all.stream().allMatch(constraint -> constraint.test(candidate)))) {
            error(service, "each constraint is true of some host, but all together of none", "remove one of them");
        }
    }

    private void warning(ComposeService service, String text) {
        problems.warning(
                place(service),
                path(service),
                "\"" + text + "\" is about nodes of a Swarm, and without effect here as in Docker Compose",
                "choose regions with \"" + REGION + " == "
                        + candidates.getFirst().region() + "\"");
    }

    private void error(ComposeService service, String what, String remedy) {
        problems.error(place(service), path(service), what, remedy);
    }

    private String remedy(Constraint constraint) {
        String name = constraint.attribute();
        List<String> values = candidates.stream()
                .flatMap(candidate -> candidate.value(name).stream())
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
        String known = String.join(", ", values);
        if (name.equals(REGION)) {
            return Problems.didYouMean(constraint.value(), values, "the regions are " + known);
        }
        if (name.equals(HOST)) {
            return Problems.didYouMean(constraint.value(), values, "the hosts are " + known);
        }
        String label = name.substring(LABEL.length());
        return values.isEmpty()
                ? "give it to hosts in portolan.yml, such as \"hosts: [{ address: local, labels: { " + label + ": "
                        + constraint.value() + " } }]\", or remove the constraint"
                : Problems.didYouMean(constraint.value(), values, "what hosts have as " + label + " is " + known);
    }

    private static Optional<Constraint> read(String text) {
        Matcher matcher = CONSTRAINT.matcher(text);
        return Optional.of(matcher)
                .filter(Matcher::matches)
                .map(found -> new Constraint(found.group(1), found.group(2).equals("=="), found.group(3)))
                .filter(found ->
                        found.attribute().startsWith(LABEL) || found.attribute().equals(HOST));
    }

    private static SourceLocation place(ComposeService service) {
        return service.deploy().map(Deploy::location).orElse(service.location());
    }

    private static String path(ComposeService service) {
        return "services/" + service.name() + "/deploy/placement/constraints";
    }
}
