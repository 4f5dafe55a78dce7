package dev.portolan.deploy;

import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.Region;
import dev.portolan.model.ReleaseCommand;
import dev.portolan.model.RolloutSettings;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.Workload;
import dev.portolan.plan.StepText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What differs between two releases beside their services, a line each, such as {@code route: + http shop.example -> web:3000}. Pure.
 * Never a value of a variable or a secret. Each kind of thing has a method of its own here, and a line in {@link #between}.
 */
final class Particulars {
    private final Desired from;
    private final Desired to;
    private final List<String> lines = new ArrayList<>();

    private Particulars(Desired from, Desired to) {
        this.from = from;
        this.to = to;
    }

    static List<String> between(Desired from, Desired to) {
        Particulars particulars = new Particulars(from, to);
        particulars.regionsAndHosts();
        particulars.routes();
        particulars.traffic();
        particulars.releaseCommand();
        particulars.rollout();
        particulars.networksAndVolumes();
        return List.copyOf(particulars.lines);
    }

    private void regionsAndHosts() {
        comesAndGoes("region", release -> release.regions().stream().map(Region::name));
        comesAndGoes(
                "host",
                release -> release.regions().stream()
                        .flatMap(region -> region.hosts().stream())
                        .map(Host::id)
                        .map(Object::toString));
        becomes("primary", Optional.of(from.primary()), Optional.of(to.primary()));
        for (Region region : to.regions()) {
            from.regions().stream()
                    .filter(before -> before.name().equals(region.name())
                            && !before.place().equals(region.place()))
                    .forEach(before -> lines.add("region " + region.name() + ": another place"));
        }
    }

    private void routes() {
        comesAndGoes("route", release -> release.routes().stream().map(Particulars::text));
    }

    private static String text(Route route) {
        return switch (route) {
            case Route.Http(String host, String service, int port, String health, Optional<String> sticky) ->
                "http " + host + " -> " + service + ":" + port + ", health " + health
                        + sticky.map(cookie -> ", sticky " + cookie).orElse("");
            case Route.Tcp(int listen, String service, int port) -> "tcp " + listen + " -> " + service + ":" + port;
        };
    }

    private void traffic() {
        becomes("traffic", Optional.of(text(from.traffic())), Optional.of(text(to.traffic())));
    }

    private static String text(TrafficSettings traffic) {
        return switch (traffic) {
            case TrafficSettings.Edge(int port) -> "edge at port " + port;
            case TrafficSettings.None() -> "none";
        };
    }

    private void releaseCommand() {
        becomes(
                "release command",
                from.releaseCommand().map(Particulars::text),
                to.releaseCommand().map(Particulars::text));
    }

    private static String text(ReleaseCommand command) {
        return command.text() + " in " + command.service() + ", up to " + StepText.of(command.limit());
    }

    private void rollout() {
        setting(
                "max_parallel",
                settings -> settings.maxParallel() == Integer.MAX_VALUE ? "all" : "" + settings.maxParallel());
        setting("monitor", settings -> StepText.of(settings.monitor()));
        setting("keep", settings -> StepText.of(settings.keep()));
        setting("drain", settings -> StepText.of(settings.drain()));
        setting("healthy", settings -> StepText.of(settings.healthy()));
        setting("retain", settings -> "" + settings.retained());
        setting("unreachable", settings -> settings.skipUnreachable() ? "skip" : "fail");
    }

    private void setting(String name, Function<RolloutSettings, String> text) {
        becomes("rollout." + name, Optional.of(text.apply(from.rollout())), Optional.of(text.apply(to.rollout())));
    }

    private void networksAndVolumes() {
        comesAndGoes(
                "network",
                release -> workloads(release)
                        .flatMap(workload -> workload.networks().stream())
                        .map(network -> network.name()));
        comesAndGoes(
                "volume",
                release -> workloads(release)
                        .flatMap(workload -> workload.volumes().stream())
                        .map(volume -> volume.name()));
    }

    private static Stream<Workload> workloads(Desired release) {
        return release.regions().stream().map(region -> release.workload(region.name()));
    }

    private void comesAndGoes(String kind, Function<Desired, Stream<String>> things) {
        Set<String> before = new LinkedHashSet<>(things.apply(from).toList());
        Set<String> after = new LinkedHashSet<>(things.apply(to).toList());
        before.stream().filter(thing -> !after.contains(thing)).forEach(thing -> lines.add(kind + ": - " + thing));
        after.stream().filter(thing -> !before.contains(thing)).forEach(thing -> lines.add(kind + ": + " + thing));
    }

    private void becomes(String kind, Optional<String> before, Optional<String> after) {
        if (!before.equals(after)) {
            lines.add(kind + ": " + before.orElse("none") + " -> " + after.orElse("none"));
        }
    }
}
