package dev.portolan.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ExitCode;
import dev.portolan.model.HostId;
import dev.portolan.simulation.Command.Kind;
import dev.portolan.simulation.RandomApp.Release;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A deploy of the release that serves already, because something is missing. */
class RepairTest {
    private static final Duration REBOOT = Duration.ofSeconds(5);

    @Test
    void aHostThatLosesAContainerWhileAnotherIsRepairedServesAfterAPowerCutToo() {
        List<World> worlds = LongStream.range(1, 60)
                .mapToObj(seed -> new World(new SplittableRandom(seed), false, 0, Mutation.NONE))
                .filter(world -> !world.app().local() && world.hosts().size() > 1)
                .filter(world -> !world.app().release(0).bad())
                .toList();
        assertThat(worlds).hasSizeGreaterThan(10);

        worlds.forEach(world -> world.scheduler().run(() -> breakTwo(world)));
    }

    private static void breakTwo(World world) {
        Release release = world.app().release(0);
        List<HostId> hosts = List.copyOf(world.hosts());
        run(world, deploy(world, release, 1));
        lose(world, hosts.getFirst());

        Command repair = deploy(world, release, 2);
        repair.start();
        while (repair.plan().isEmpty()) {
            world.scheduler().sleep(Duration.ofMillis(1));
        }
        lose(world, hosts.getLast());
        await(world, repair);

        world.machines().forEach(machine -> machine.powerCut(REBOOT.toNanos()));
        world.scheduler().sleep(REBOOT.multipliedBy(6));
        new Settled(world, release, "after the power cut").check();
    }

    /** Somebody removes the containers of a host by hand. */
    private static void lose(World world, HostId host) {
        FakeMachine machine = world.access(host).machine();
        List.copyOf(machine.containers.values()).forEach(container -> {
            machine.end(container, 137);
            machine.containers.remove(container.name);
        });
    }

    private static Command deploy(World world, Release release, int process) {
        String region = world.app().primary();
        return new Command(world, Kind.DEPLOY, release, false, region, process, false);
    }

    private static void run(World world, Command command) {
        command.start();
        await(world, command);
    }

    private static void await(World world, Command command) {
        while (!command.run().over()) {
            world.scheduler().sleep(Duration.ofMillis(500));
        }
        assertThat(command.result()).map(Command.Result::exitCode).contains(ExitCode.DONE);
    }
}
