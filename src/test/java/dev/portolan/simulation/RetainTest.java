package dev.portolan.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ExitCode;
import dev.portolan.simulation.Command.Kind;
import dev.portolan.simulation.RandomApp.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many deploys in a row leave no more behind than a few. */
class RetainTest {
    private static final int DEPLOYS = 200;
    /** After so many what is kept has reached its bounds: the journal has 50 rollouts. */
    private static final int SETTLED = 60;

    /** What is there, of everything that might grow. */
    private record Amounts(long files, long characters, long contents, long images, long containers) {}

    @Test
    void twoHundredDeploysLeaveAsMuchBehindAsSixty() {
        List<World> worlds = LongStream.range(1, 40)
                .mapToObj(seed -> new World(new SplittableRandom(seed), false, 0, Mutation.NONE))
                .filter(world -> !world.app().release(0).bad())
                .filter(world -> world.hosts().size() < 4)
                .limit(3)
                .toList();
        assertThat(worlds).hasSize(3);

        worlds.forEach(world -> world.scheduler().run(() -> deployAgainAndAgain(world)));
    }

    private static void deployAgainAndAgain(World world) {
        List<Amounts> seen = new ArrayList<>();
        deploy(world, world.app().release(0), 1);
        for (int number = 2; number <= DEPLOYS; number++) {
            deploy(world, world.app().next(), number);
            seen.add(amounts(world));
        }
        int services = world.app()
                .release(0)
                .desired()
                .workloads()
                .values()
                .iterator()
                .next()
                .services()
                .size();
        long machines = world.machines().size();
        List<Amounts> late = seen.subList(SETTLED, seen.size());
        Amounts most = late.stream().reduce(RetainTest::most).orElseThrow();
        Amounts early = seen.subList(SETTLED / 2, SETTLED).stream()
                .reduce(RetainTest::most)
                .orElseThrow();

        // retained: five that served, the one tried last, and those that made what still runs
        assertThat(most.images()).isLessThanOrEqualTo(machines * services * (7 + services));
        assertThat(most.files()).isLessThanOrEqualTo(early.files() + 2L * (services + 2));
        assertThat(most.contents()).isLessThanOrEqualTo(machines * services * (7 + services));
        // of the release that serves, the one before and at most one more, each with up to three replicas
        assertThat(most.containers()).isLessThanOrEqualTo(9L * world.hosts().size() * services);
        assertThat(most.characters()).isLessThan(3 * early.characters());
    }

    private static Amounts most(Amounts one, Amounts other) {
        return new Amounts(
                Math.max(one.files(), other.files()),
                Math.max(one.characters(), other.characters()),
                Math.max(one.contents(), other.contents()),
                Math.max(one.images(), other.images()),
                Math.max(one.containers(), other.containers()));
    }

    private static Amounts amounts(World world) {
        List<String> files = world.hosts().stream()
                .flatMap(host -> world.access(host).files().contents().stream())
                .collect(Collectors.toList());
        return new Amounts(
                files.size(),
                files.stream().mapToLong(String::length).sum(),
                world.machines().stream()
                        .mapToLong(machine -> machine.contents.size())
                        .sum(),
                world.machines().stream()
                        .mapToLong(machine -> machine.images.size())
                        .sum(),
                world.machines().stream()
                        .mapToLong(machine -> machine.containers.size())
                        .sum());
    }

    private static void deploy(World world, Release release, int process) {
        Command command =
                new Command(world, Kind.DEPLOY, release, false, world.app().primary(), process, false);
        command.start();
        while (!command.run().over()) {
            world.scheduler().sleep(Duration.ofMillis(500));
        }
        assertThat(command.result())
                .map(Command.Result::exitCode)
                .contains(
                        release.hopeless()
                                ? ExitCode.FAILED
                                : command.result().orElseThrow().exitCode());
    }
}
