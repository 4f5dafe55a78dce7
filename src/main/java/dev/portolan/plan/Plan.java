package dev.portolan.plan;

import dev.portolan.model.HostId;
import dev.portolan.model.ReleaseId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a rollout will do, in full and in order.
 *
 * @param from the committed release, if any
 * @param to the release that every host serves at the end; empty when the app is to be removed
 * @param images prepared first, as are files of the project, on all hosts at once, before anything changes; once for hosts that
 *     share an engine
 * @param preparation done next, in order
 * @param waves one after the other; the next one starts only when the one before was watched and found good
 * @param commits done on all hosts at once, after the last wave
 * @param cleanup done on all hosts at once, after the commit
 * @param warnings what a person should know before saying yes
 */
public record Plan(
        String app,
        Optional<ReleaseId> from,
        Optional<ReleaseId> to,
        List<HostPlan> images,
        List<Step> preparation,
        List<Wave> waves,
        List<Step.Commit> commits,
        List<HostPlan> cleanup,
        List<String> warnings) {

    /**
     * @param regions move at once
     * @param monitor how long the wave is watched under real requests
     */
    public record Wave(List<RegionPlan> regions, Duration monitor) {}

    /**
     * @param before done first, such as draining the region
     * @param hosts work at once; they do not wait for each other
     * @param after done when all hosts are through
     */
    public record RegionPlan(String region, List<Step> before, List<HostPlan> hosts, List<Step> after) {

        boolean isEmpty() {
            return before.isEmpty()
                    && after.isEmpty()
                    && hosts.stream().allMatch(host -> host.steps().isEmpty());
        }
    }

    /** @param steps one after the other */
    public record HostPlan(HostId host, List<Step> steps) {}

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return steps().findAny().isEmpty();
    }

    /** Every step, in an order in which they could be done one by one. */
    public Stream<Step> steps() {
        Stream<Step> moves = waves.stream()
                .flatMap(wave -> wave.regions().stream())
                .flatMap(region -> Stream.of(
                                region.before().stream(),
                                region.hosts().stream().flatMap(host -> host.steps().stream()),
                                region.after().stream())
                        .flatMap(steps -> steps));
        return Stream.of(
                        images.stream().flatMap(host -> host.steps().stream()),
                        preparation.stream(),
                        moves,
                        commits.stream().map(Step.class::cast),
                        cleanup.stream().flatMap(host -> host.steps().stream()))
                .flatMap(steps -> steps);
    }
}
