package dev.portolan.cli.render;

import static dev.portolan.testing.Examples.hostOf;

import dev.portolan.model.ProxyServer;
import dev.portolan.model.ReleaseId;
import dev.portolan.plan.Plan;
import dev.portolan.plan.Plan.HostPlan;
import dev.portolan.plan.Plan.RegionPlan;
import dev.portolan.plan.Plan.Wave;
import dev.portolan.plan.Step;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small rollout, told in events: Sydney, then Dublin, the primary. */
final class Story {
    static final TextStyle PLAIN = new TextStyle(false, true, () -> ZoneOffset.UTC);
    static final TextStyle ASCII = new TextStyle(false, false, () -> ZoneOffset.UTC);
    static final TextStyle COLOURED = new TextStyle(true, true, () -> ZoneOffset.UTC);

    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    static final ReleaseId OLD = new ReleaseId("aaaaaaaaaa");
    static final ReleaseId NEW = new ReleaseId("bbbbbbbbbb");
    static final Step SYDNEY = drain("sydney");
    static final Step DUBLIN = drain("dublin");

    static final Plan PLAN = new Plan(
            "shop",
            Optional.of(OLD),
            Optional.of(NEW),
            List.of(),
            List.of(),
            List.of(wave("sydney", SYDNEY), wave("dublin", DUBLIN)),
            List.of(new Step.Commit(hostOf("dublin"), NEW, Map.of(), List.of(), List.of())),
            List.of(),
            List.of("nobody serves the readers of sydney meanwhile"));

    private Story() {}

    static List<RolloutEvent> good() {
        return List.of(
                new RolloutEvent.Began("r1", PLAN),
                new RolloutEvent.WaveBegan(1, 2, List.of("sydney")),
                new RolloutEvent.StepBegan("sydney/local", SYDNEY),
                new RolloutEvent.StepWent("sydney/local", SYDNEY, "2 requests left"),
                new RolloutEvent.StepEnded("sydney/local", SYDNEY, Duration.ofMillis(1234)),
                new RolloutEvent.WatchBegan(List.of("sydney"), Duration.ofSeconds(10)),
                new RolloutEvent.WatchEnded(List.of("sydney"), 1200, 0),
                new RolloutEvent.WaveBegan(2, 2, List.of("dublin")),
                new RolloutEvent.StepBegan("dublin/local", DUBLIN),
                new RolloutEvent.StepEnded("dublin/local", DUBLIN, Duration.ofMillis(90)),
                new RolloutEvent.Committed(NEW),
                new RolloutEvent.Ended(result(RolloutState.COMMITTED, Optional.empty())));
    }

    static List<RolloutEvent> bad() {
        return List.of(
                new RolloutEvent.Began("r1", PLAN),
                new RolloutEvent.WaveBegan(1, 2, List.of("sydney")),
                new RolloutEvent.StepBegan("sydney/local", SYDNEY),
                new RolloutEvent.StepFailed("sydney/local", SYDNEY, "the proxy does not answer"),
                new RolloutEvent.GoingBack("the proxy does not answer"),
                new RolloutEvent.StepBegan("sydney/local", SYDNEY),
                new RolloutEvent.StepEnded("sydney/local", SYDNEY, Duration.ofSeconds(75)),
                new RolloutEvent.Ended(result(RolloutState.ROLLED_BACK, Optional.of("the proxy does not answer"))));
    }

    static RolloutResult result(RolloutState state, Optional<String> reason) {
        return new RolloutResult("r1", state, reason, 4210, 0, Duration.ofMillis(12_300));
    }

    private static Wave wave(String region, Step step) {
        return new Wave(
                List.of(new RegionPlan(
                        region, List.of(), List.of(new HostPlan(hostOf(region), List.of(step))), List.of())),
                Duration.ofSeconds(10));
    }

    private static Step drain(String region) {
        return new Step.Drain(
                hostOf(region),
                "web",
                List.of(new ProxyServer("shop-" + region + "-web-1", "10.213.0.2", 3000)),
                Duration.ofSeconds(30));
    }
}
