package dev.portolan.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.fleet.TaskRunner.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchedulerTest {

    @Test
    void theSameSeedRunsTheSameOrderAndAnotherSeedAnother() {
        assertThat(order(1)).isEqualTo(order(1)).isNotEqualTo(order(2));
    }

    private static List<String> order(long seed) {
        List<String> seen = new ArrayList<>();
        simulate(
                seed,
                (scheduler, runner) -> runner.all(
                        IntStream.range(0, 50)
                                .<Callable<Integer>>mapToObj(region -> () -> {
                                    for (int step = 0; step < 5; step++) {
                                        scheduler.point();
                                        seen.add(region + "." + step);
                                    }
                                    return region;
                                })
                                .toList(),
                        20));
        assertThat(seen).hasSize(250);
        return seen;
    }

    @Test
    void theClockJumpsToTheEarliestWakeUp() {
        List<String> seen = new ArrayList<>();
        simulate(3, (scheduler, runner) -> {
            Instant start = runner.now();
            scheduler.after(Duration.ofSeconds(90).toNanos(), () -> seen.add("event"));
            runner.all(
                    List.of(
                            () -> {
                                runner.sleep(Duration.ofHours(1));
                                return seen.add("late " + Duration.between(start, runner.now()));
                            },
                            () -> {
                                runner.sleep(Duration.ofMinutes(1));
                                return seen.add("early " + Duration.between(start, runner.now()));
                            }),
                    2);
        });
        assertThat(seen).containsExactly("early PT1M", "event", "late PT1H");
    }

    @Test
    void everyTaskEndsWhateverBecomesOfTheOthersAndTheLimitHolds() {
        int[] atOnce = new int[2];
        List<Outcome<Integer>> outcomes = new ArrayList<>();
        simulate(
                4,
                (scheduler, runner) -> outcomes.addAll(runner.all(
                        IntStream.range(0, 6)
                                .<Callable<Integer>>mapToObj(task -> () -> {
                                    atOnce[1] = Math.max(atOnce[1], ++atOnce[0]);
                                    scheduler.sleep(Duration.ofSeconds(task));
                                    atOnce[0]--;
                                    if (task == 2) {
                                        throw new IllegalStateException("two");
                                    }
                                    return task;
                                })
                                .toList(),
                        3)));
        assertThat(atOnce[1]).isEqualTo(3);
        assertThat(outcomes).hasSize(6);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Failed.class);
        assertThat(outcomes.get(5)).isEqualTo(new Outcome.Done<>(5));
    }

    @Test
    void aKilledCommandDoesNothingMoreAndTheNextOneRuns() {
        List<String> seen = new ArrayList<>();
        Scheduler scheduler = new Scheduler(new SplittableRandom(5));
        scheduler.run(() -> {
            CommandRun command = new CommandRun("deploy");
            SimulatedRunner runner = new SimulatedRunner(scheduler, command);
            scheduler.start(command, () -> {
                List<Callable<Boolean>> tasks = List.of(
                        () -> {
                            runner.sleep(Duration.ofSeconds(1));
                            return seen.add("before");
                        },
                        () -> {
                            runner.sleep(Duration.ofSeconds(3));
                            return seen.add("after");
                        });
                runner.all(tasks, 2);
                seen.add("end");
            });
            scheduler.sleep(Duration.ofSeconds(2));
            scheduler.kill(command);
            scheduler.sleep(Duration.ofSeconds(10));
            seen.add("next");
        });
        assertThat(seen).containsExactly("before", "next");
    }

    @Test
    void aFrozenCommandGoesOnLater() {
        Scheduler scheduler = new Scheduler(new SplittableRandom(7));
        List<Long> seen = new ArrayList<>();
        scheduler.run(() -> {
            CommandRun command = new CommandRun("deploy");
            scheduler.start(command, () -> {
                scheduler.sleep(Duration.ofSeconds(2));
                seen.add(Duration.ofNanos(scheduler.now()).toSeconds());
            });
            scheduler.sleep(Duration.ofSeconds(1));
            command.freezeUntil(Duration.ofSeconds(60).toNanos());
        });
        assertThat(seen).containsExactly(60L);
    }

    @Test
    void aDeadlockIsFoundAndTheWaitersAreNamed() {
        Scheduler scheduler = new Scheduler(new SplittableRandom(8));
        assertThatThrownBy(() -> scheduler.run(scheduler::block))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("deadlock")
                .hasMessageContaining("script");
    }

    @Test
    void whatATaskThrowsBesidesExceptionsFailsTheSimulation() {
        Scheduler scheduler = new Scheduler(new SplittableRandom(9));
        assertThatThrownBy(() -> scheduler.run(() -> {
                    throw new Violation("I0: for the test");
                }))
                .hasMessage("I0: for the test");
    }

    private interface Body {
        void run(Scheduler scheduler, SimulatedRunner runner);
    }

    private static void simulate(long seed, Body body) {
        Scheduler scheduler = new Scheduler(new SplittableRandom(seed));
        scheduler.run(() -> body.run(scheduler, new SimulatedRunner(scheduler, scheduler.owner())));
    }
}
