package dev.portolan.simulation;

import dev.portolan.model.ExitCode;
import dev.portolan.model.Region;
import dev.portolan.rollout.RolloutState;
import dev.portolan.simulation.Command.Kind;
import dev.portolan.simulation.RandomApp.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What a person does to an app, drawn from a seed; and at the end, with no more faults, everything is put right. */
final class Script {
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(45);
    private static final Duration LONGER_THAN_ANY_KEEP = Duration.ofSeconds(70);
    private static final Duration LONGER_THAN_ANY_FAULT = Duration.ofMinutes(4);

    private final World world;
    private final SplittableRandom random;
    private final List<Command> commands = new ArrayList<>();

    Script(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    List<Command> commands() {
        return commands;
    }

    void play() {
        world.readers().start(world.app().regions());
        int count = random.nextInt(1, 5);
        for (int i = 0; i < count; i++) {
            Command command = next(i == 0);
            launch(command);
            if (random.nextInt(5) == 0) {
                world.scheduler().sleep(Duration.ofMillis(random.nextLong(1, 20_000)));
                Command second = next(false);
                launch(second);
                await(second);
            }
            await(command);
            check(command);
            world.scheduler().sleep(Duration.ofMillis(random.nextLong(1, 40_000)));
        }
        recover();
    }

    private Command next(boolean first) {
        int choice = first ? 0 : random.nextInt(12);
        boolean pauses = random.nextInt(8) == 0;
        if (choice < 6) {
            Release release = first ? world.app().release(0) : world.app().next();
            return command(Kind.DEPLOY, release, pauses);
        }
        return switch (choice) {
            case 6 -> command(Kind.DEPLOY, any(), pauses);
            case 7 -> command(Kind.RESUME, any(), pauses);
            case 8 -> command(Kind.RETIRE, any(), false);
            case 9 -> command(Kind.DRAIN, any(), false);
            case 10 -> command(Kind.UNDRAIN, any(), false);
            default -> command(Kind.ROLLBACK, any(), false);
        };
    }

    private Release any() {
        List<Release> releases = world.app().releases();
        return releases.get(random.nextInt(releases.size()));
    }

    private Command command(Kind kind, Release release, boolean pauses) {
        List<Region> regions = world.app().regions();
        String region = regions.get(random.nextInt(regions.size())).name();
        Command command =
                new Command(world, kind, release, pauses, region, commands.size() + 1, random.nextInt(3) == 0);
        commands.add(command);
        return command;
    }

    private void launch(Command command) {
        command.faultsBefore(world.faults().struck().size());
        command.start();
    }

    private void await(Command command) {
        while (!command.run().over()) {
            world.scheduler().sleep(Duration.ofMillis(500));
        }
    }

    private void check(Command command) {
        boolean calm = world.faults().struck().size() == command.faultsBefore();
        boolean alone = commands.getLast() == command;
        if (alone) {
            command.result().ifPresent(result -> checkExitCode(command, result));
        }
        if (!calm || !alone || command.result().isEmpty()) {
            return;
        }
        Command.Result result = command.result().get();
        if (result.exitCode() == ExitCode.UNKNOWN_STATE) {
            throw new Violation("I4: " + command.run() + " gives up although nothing stood in its way: " + result);
        }
        if (result.state().equals(Optional.of(RolloutState.COMMITTED)) && command.kind() == Kind.DEPLOY) {
            new Settled(world, command.target(), "after " + command.run()).check();
        }
        if (result.state().equals(Optional.of(RolloutState.COMMITTED))
                && command.kind() == Kind.DEPLOY
                && command.target().hopeless()) {
            throw new Violation("V: a release that cannot serve was committed by " + command.run());
        }
        if (result.state().equals(Optional.of(RolloutState.ROLLED_BACK))) {
            world.invariants()
                    .progress()
                    .committed()
                    .ifPresent(release -> new Settled(world, release, "after " + command.run() + " went back").check());
        }
    }

    /** Whatever struck: a command that says that it failed has left the committed release as it was. */
    private void checkExitCode(Command command, Command.Result result) {
        boolean same = world.invariants().progress().committed().equals(command.committedBefore());
        boolean unchanged = switch (result.exitCode()) {
            case FAILED, LOCKED, USAGE -> true;
            case DONE, UNKNOWN_STATE -> false;
        };
        if (unchanged && !same) {
            throw new Violation("E: " + command.run() + " says " + result + ", but "
                    + world.invariants().progress().committed() + " is committed");
        }
        if (unchanged
                && command.servedBefore()
                && !command.serves()
                && !world.faults().hurtReaders()) {
            throw new Violation(
                    "E: " + command.run() + " says " + result + ", but not every host serves what it served");
        }
    }

    /** No more faults: a deploy of a good release must bring every host there, and a second one finds nothing to do. */
    private void recover() {
        world.faults().end();
        boolean underWay = !commands.stream().allMatch(command -> command.run().over());
        world.scheduler().sleep(underWay ? LONGER_THAN_ANY_FAULT : LONGER_THAN_A_LEASE);
        commands.forEach(this::await);
        Release good = goodRelease();
        must(command(Kind.DEPLOY, good, false));
        new Settled(world, good, "after the recovery").check();
        world.scheduler().sleep(LONGER_THAN_ANY_KEEP);
        must(command(Kind.DEPLOY, good, false));
        world.scheduler().sleep(LONGER_THAN_A_LEASE);
        checkNothingToDo(good);
        new Settled(world, good, "at the end").check();
        world.invariants().commands().checkNoneRuns();
        world.readers().end();
        if (world.readers().lost() > 0 && !world.faults().hurtReaders() && !world.interruptible()) {
            throw new Violation(
                    "I1: " + world.readers().lost() + " requests found nobody, and no fault had a part in it");
        }
        powerCut(good);
    }

    private void checkNothingToDo(Release good) {
        Command again = command(Kind.DEPLOY, good, false);
        must(again);
        again.plan().filter(plan -> !plan.isEmpty()).ifPresent(plan -> {
            throw new Violation(
                    "I7: a second deploy finds something to do: " + plan.steps().toList());
        });
        new Settled(world, good, "at the end").checkNothingElse();
    }

    private void powerCut(Release good) {
        world.machines()
                .forEach(machine -> machine.powerCut(Duration.ofSeconds(5).toNanos()));
        world.scheduler().sleep(Duration.ofSeconds(30));
        new Settled(world, good, "after a power cut everywhere").check();
        world.app().regions().forEach(region -> {
            if (!world.served(region.name()).containsAll(world.routedServices())) {
                throw new Violation(
                        "P: after a power cut " + region.name() + " serves only " + world.served(region.name()));
            }
        });
    }

    private Release goodRelease() {
        List<Release> good = world.app().releases().stream()
                .filter(release -> !release.bad())
                .toList();
        return good.get(random.nextInt(good.size()));
    }

    private void must(Command command) {
        launch(command);
        await(command);
        ExitCode exitCode = command.result().map(Command.Result::exitCode).orElse(ExitCode.UNKNOWN_STATE);
        if (exitCode != ExitCode.DONE) {
            throw new Violation(
                    "I4: with no more faults " + command.run() + " does not get to its end: " + command.result());
        }
    }
}
