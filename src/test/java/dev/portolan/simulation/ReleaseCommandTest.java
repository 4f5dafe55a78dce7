package dev.portolan.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ExitCode;
import dev.portolan.simulation.Command.Kind;
import dev.portolan.simulation.RandomApp.Release;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A release command whose command line does not live to see its end. */
class ReleaseCommandTest {

    @Test
    void aCommandLineThatFollowsWaitsForTheCommandThatStillRuns() {
        each(world -> {
            Command first = deploy(world, 1);
            first.start();
            FakeContainer running = awaitCommand(world);
            world.scheduler().kill(first.run());

            Command second = deploy(world, 2);
            second.start();
            await(world, second);

            assertThat(second.result()).map(Command.Result::exitCode).contains(ExitCode.DONE);
            assertThat(running.life).isEqualTo(1);
            assertThat(running.exitCode).contains(0);
            assertThat(ended(world)).isEqualTo(1);
            assertThat(commands(world)).isEmpty();
        });
    }

    @Test
    void aCommandLineThatIsStoppedStopsItAndANewDeployRunsItAnew() {
        each(world -> {
            Command first = deploy(world, 1);
            first.start();
            FakeContainer running = awaitCommand(world);
            first.run().cancel();
            await(world, first);

            assertThat(first.result()).map(Command.Result::exitCode).contains(ExitCode.FAILED);
            assertThat(running.running()).isFalse();
            assertThat(commands(world)).isEmpty();

            Command second = deploy(world, 2);
            second.start();
            await(world, second);

            assertThat(second.result()).map(Command.Result::exitCode).contains(ExitCode.DONE);
            assertThat(ended(world)).isEqualTo(2);
        });
    }

    private static void each(Consumer<World> story) {
        List<World> worlds = LongStream.range(1, 80)
                .mapToObj(seed -> new World(new SplittableRandom(seed), false, 0, Mutation.NONE))
                .filter(world ->
                        world.app().release(0).desired().releaseCommand().isPresent())
                .filter(world -> !world.app().release(0).bad())
                .toList();
        assertThat(worlds).hasSizeGreaterThan(10);
        worlds.forEach(world -> world.scheduler().run(() -> story.accept(world)));
    }

    private static Command deploy(World world, int process) {
        Release release = world.app().release(0);
        return new Command(world, Kind.DEPLOY, release, false, world.app().primary(), process, false);
    }

    private static FakeContainer awaitCommand(World world) {
        while (commands(world).stream().noneMatch(FakeContainer::running)) {
            world.scheduler().sleep(Duration.ofMillis(20));
        }
        return commands(world).getFirst();
    }

    private static List<FakeContainer> commands(World world) {
        return world.machines().stream()
                .flatMap(machine -> machine.containers.values().stream())
                .filter(CommandRules::isCommand)
                .toList();
    }

    /** How many ends of commands are in the journal. */
    private static long ended(World world) {
        String journal = world.access(world.app().release(0).desired().keeper().id())
                .files()
                .peek("apps/" + RandomApp.NAME + "/journal.jsonl")
                .orElse("");
        String kind = "\"type\":\"command-ended\"";
        return journal.lines().filter(line -> line.contains(kind)).count();
    }

    private static void await(World world, Command command) {
        while (!command.run().over()) {
            world.scheduler().sleep(Duration.ofMillis(500));
        }
    }
}
