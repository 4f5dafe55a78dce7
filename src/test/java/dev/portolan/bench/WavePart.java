package dev.portolan.bench;

import dev.portolan.bench.DeployedApp.Event;
import dev.portolan.model.Desired;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a wave takes, from its beginning until it is watched, beside the same containers made by hand. */
record WavePart(Machine machine, DeployedApp app, Report report) {
    private static final int REPETITIONS = 5;
    private static final double BUDGET = 1.2;

    void run() throws Exception {
        List<Wave> waves = List.of(new Wave(List.of("bench-b", "bench-c")), new Wave(List.of("bench-a")));
        for (int repetition = 0; repetition <= REPETITIONS; repetition++) {
            List<Duration> taken = waveTimes(app.deploy("w" + repetition));
            Desired release = app.release();
            for (int number = 0; number < waves.size(); number++) {
                Wave wave = waves.get(number);
                HandMade.Took byHand = new HandMade(machine.engine(), release, wave.regions()).run();
                if (repetition > 0) { // the first one warms the engine and this process up
                    wave.add(taken.get(number), byHand);
                }
            }
        }
        report.heading("A wave beside the same containers made by hand (" + REPETITIONS + " times, in turn)");
        for (Wave wave : waves) {
            wave.print(report);
        }
    }

    /** From the beginning of each wave until its last cut-over was done and it was watched. */
    private static List<Duration> waveTimes(List<Event> events) {
        List<Duration> times = new ArrayList<>();
        Duration began = Duration.ZERO;
        for (Event event : events) {
            if (event.is("wave-began")) {
                began = event.at();
            } else if (event.is("watch-began")) {
                times.add(event.at().minus(began));
            }
        }
        return times;
    }

    private record Wave(List<String> regions, Times portolan, Times started, Times answered, Times healthy) {

        Wave(List<String> regions) {
            this(regions, new Times(), new Times(), new Times(), new Times());
        }

        void add(Duration taken, HandMade.Took byHand) {
            portolan.add(taken);
            started.add(byHand.started());
            answered.add(byHand.answered());
            healthy.add(byHand.healthy());
        }

        void print(Report report) {
            report.say(regions.size() == 1 ? "One region:" : regions.size() + " regions at once:");
            report.table(List.of(
                    List.of("", "min", "median", "max", "the wave is"),
                    row("wave by Portolan, to the last cut-over", portolan),
                    row("by hand: create and start", started),
                    row("by hand: and each web container answered", answered),
                    row("by hand: and the engine found all healthy", healthy)));
            double ratio =
                    (double) portolan.median().toNanos() / healthy.median().toNanos();
            report.verdict(
                    "at most 1.2x of create, start and healthy by hand; beyond it "
                            + Times.text(portolan.median().minus(healthy.median())),
                    ratio <= BUDGET);
        }

        private List<String> row(String name, Times times) {
            return List.of(
                    name,
                    Times.text(times.shortest()),
                    Times.text(times.median()),
                    Times.text(times.longest()),
                    portolan.ratioTo(times));
        }
    }
}
