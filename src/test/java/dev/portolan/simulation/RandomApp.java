package dev.portolan.simulation;

import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostAddress;
import dev.portolan.model.HostId;
import dev.portolan.model.Place;
import dev.portolan.model.Region;
import dev.portolan.model.ReleaseCommand;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.RolloutSettings;
import dev.portolan.model.TrafficSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/** An app with its regions, and its releases one after the other, drawn from a seed. */
final class RandomApp {
    static final String NAME = "shop";
    private static final int EDGE_PORT = 8000;
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(8);

    private final SplittableRandom random;
    private final boolean local;
    private final List<Region> regions = new ArrayList<>();
    private final String primary;
    private final TrafficSettings traffic;
    private final RolloutSettings rollout;
    private final List<RandomService> services;
    private final boolean hasCommand;
    private final Map<String, Behaviour> commands = new LinkedHashMap<>();
    private final List<Release> releases = new ArrayList<>();
    /** How containers behave and what they are, by the hash of their service. */
    private final Map<String, Content> contents = new LinkedHashMap<>();

    /**
     * @param number from 0 in the order of their making
     * @param bad whether some region's new containers cannot or should not serve
     * @param hopeless whether that must be found out before readers meet them
     */
    record Release(int number, Desired desired, boolean bad, boolean hopeless) {}

    /** What a hash stands for. */
    record Content(String region, String service, boolean routed, Behaviour behaviour) {}

    RandomApp(SplittableRandom random) {
        this.random = random;
        this.local = random.nextInt(4) == 0;
        int count = random.nextInt(1, 6);
        for (int i = 0; i < count; i++) {
            regions.add(region("r" + i, local ? 1 : random.nextInt(1, 4)));
        }
        this.primary = regions.get(random.nextInt(count)).name();
        this.traffic = random.nextInt(5) == 0 ? new TrafficSettings.None() : new TrafficSettings.Edge(EDGE_PORT);
        this.rollout = new RolloutSettings(
                random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(1, 3),
                Duration.ofSeconds(random.nextInt(0, 12)),
                Duration.ofSeconds(random.nextBoolean() ? 0 : random.nextInt(5, 60)),
                Duration.ofSeconds(random.nextInt(2, 20)),
                Duration.ofSeconds(random.nextInt(8, 30)));
        this.services = RandomService.some(random);
        this.hasCommand = random.nextInt(3) == 0;
        releases.add(release(false));
    }

    private Region region(String name, int hosts) {
        List<Host> machines = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            HostId id = new HostId(name, local ? "local" : name + "h" + i);
            machines.add(new Host(
                    id,
                    local
                            ? new HostAddress.Local()
                            : new HostAddress.Ssh(
                                    Optional.of("deploy"), id.name(), Optional.empty(), Optional.empty())));
        }
        return new Region(name, new Place(random.nextInt(-60, 60), random.nextInt(-180, 180)), machines);
    }

    Behaviour behaviourOfCommand(String release) {
        return Objects.requireNonNull(commands.get(release), release);
    }

    /** Whether all regions share this machine's engine. */
    boolean local() {
        return local;
    }

    List<Region> regions() {
        return regions;
    }

    String primary() {
        return primary;
    }

    Release release(int number) {
        return releases.get(number);
    }

    List<Release> releases() {
        return releases;
    }

    Map<String, Content> contents() {
        return contents;
    }

    /**
     * Whether a routed service is replaced in a way that leaves readers without an answer, as the plan warns.
     *
     * @param openRegions how many get readers
     */
    boolean interruptible(long openRegions) {
        boolean elsewhere = openRegions > 1 && traffic instanceof TrafficSettings.Edge;
        return !elsewhere && services.stream().anyMatch(RandomService::routedStopFirst);
    }

    /** The next release: some services change, and it may be broken. */
    Release next() {
        boolean broken = random.nextInt(3) == 0;
        services.get(random.nextInt(services.size())).change(random);
        services.forEach(service -> {
            if (random.nextInt(3) == 0) {
                service.change(random);
            }
        });
        Release release = release(broken);
        releases.add(release);
        return release;
    }

    private Release release(boolean broken) {
        RandomRelease builder = new RandomRelease(random, NAME, local, services, broken);
        Map<String, dev.portolan.model.Workload> workloads = new LinkedHashMap<>();
        regions.forEach(region -> workloads.put(region.name(), builder.workload(region.name(), contents)));
        Desired nameless = new Desired(
                NAME, new ReleaseId("0000000000"), regions, primary, builder.routes(), rollout, traffic, workloads);
        String text = workloads.toString() + nameless.routes();
        ReleaseId id = new ReleaseId(dev.portolan.model.Fingerprint.of(text).substring(0, 10));
        Optional<ReleaseCommand> command = hasCommand
                ? Optional.of(new ReleaseCommand("web", List.of("migrate"), COMMAND_LIMIT))
                : Optional.empty();
        boolean fails = hasCommand && broken && random.nextBoolean();
        commands.put(id.value(), Behaviour.command(random, fails, COMMAND_LIMIT));
        Desired desired =
                new Desired(NAME, id, regions, primary, nameless.routes(), rollout, traffic, workloads, command);
        return new Release(releases.size(), desired, builder.bad() || fails, builder.hopeless() || fails);
    }
}
