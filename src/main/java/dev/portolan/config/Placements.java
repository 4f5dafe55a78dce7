package dev.portolan.config;

import dev.portolan.compose.ComposeService;
import dev.portolan.compose.Deploy;
import dev.portolan.config.PortolanFile.RegionEntry;
import dev.portolan.model.SourceLocation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which services a region has: {@code deploy.placement.constraints} on {@code node.labels.region} choose among the regions. Other
 * constraints are about nodes of a Swarm, and have no effect here, as they have none in Docker Compose.
 */
final class Placements {
    private static final Pattern CONSTRAINT = Pattern.compile("\\s*([A-Za-z0-9._-]+)\\s*(==|!=)\\s*(.*?)\\s*");
    private static final String REGION = "node.labels.region";

    private final List<String> regions;
    private final Problems problems;

    Placements(List<RegionEntry> regions, Problems problems) {
        this.regions = regions.stream().map(region -> region.name().value()).toList();
        this.problems = problems;
    }

    /** Whether the region is to have the service. What is wrong with its constraints is said with the first region. */
    boolean isIn(String region, ComposeService service) {
        List<String> constraints = constraints(service);
        if (region.equals(regions.getFirst())) {
            constraints.forEach(constraint -> check(service, constraint));
        }
        return constraints.stream().allMatch(constraint -> holds(constraint, region));
    }

    private void check(ComposeService service, String constraint) {
        SourceLocation place = service.deploy().map(Deploy::location).orElse(service.location());
        String path = "services/" + service.name() + "/deploy/placement/constraints";
        Optional<Matcher> region = aboutRegion(constraint);
        if (region.isEmpty()) {
            problems.warning(
                    place,
                    path,
                    "\"" + constraint + "\" is about nodes of a Swarm, and without effect here as in Docker Compose",
                    "choose regions with \"" + REGION + " == " + regions.getFirst() + "\"");
        } else if (regions.stream().noneMatch(name -> holds(constraint, name))) {
            problems.error(
                    place,
                    path,
                    "\"" + constraint + "\" is true of no region",
                    Problems.didYouMean(
                            region.get().group(3),
                            regions,
                            "the regions are " + regions.stream().collect(Collectors.joining(", "))));
        }
    }

    private static boolean holds(String constraint, String region) {
        return aboutRegion(constraint)
                .map(matcher ->
                        matcher.group(3).equals(region) == matcher.group(2).equals("=="))
                .orElse(true);
    }

    private static Optional<Matcher> aboutRegion(String constraint) {
        Matcher matcher = CONSTRAINT.matcher(constraint);
        return Optional.of(matcher)
                .filter(found -> found.matches() && found.group(1).equals(REGION));
    }

    private static List<String> constraints(ComposeService service) {
        return service.deploy().map(deploy -> deploy.placement().constraints()).orElse(List.of());
    }
}
