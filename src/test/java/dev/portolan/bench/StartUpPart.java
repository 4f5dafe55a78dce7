package dev.portolan.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long the short commands take, beside Docker's own and a Java program that does nothing; all in turn. */
record StartUpPart(Machine machine, DeployedApp app, Report report) {
    private static final int REPETITIONS = 15;
    private static final String DOCKER = "docker version";
    private static final String JAVA = "a bare Java program";

    void run() throws Exception {
        Map<String, InTurn.Call> calls = new LinkedHashMap<>();
        calls.put(DOCKER, () -> program(List.of("docker", "version")));
        calls.put(JAVA, () -> program(Program.java(Bare.class)));
        for (String command : List.of("--version", "plan", "status")) {
            calls.put("portolan " + command, () -> app.portolan(command));
        }
        app.awaitHealthy();
        print(InTurn.times(REPETITIONS, calls));
    }

    private void print(Map<String, Times> times) {
        Times docker = times.getOrDefault(DOCKER, new Times());
        Times java = times.getOrDefault(JAVA, new Times());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "min", "median", "max", "to docker version", "to bare Java"));
        times.forEach((name, taken) -> rows.add(List.of(
                name,
                Times.text(taken.shortest()),
                Times.text(taken.median()),
                Times.text(taken.longest()),
                taken.ratioTo(docker),
                taken.ratioTo(java))));
        report.heading("Start-up, an app in three regions running (" + REPETITIONS + " times, in turn)");
        report.table(rows);
        budget(times, "portolan --version", Duration.ofMillis(150));
        budget(times, "portolan status", Duration.ofMillis(500));
    }

    private void budget(Map<String, Times> times, String command, Duration budget) {
        Times taken = times.getOrDefault(command, new Times());
        report.verdict(
                command + " in under " + Times.text(budget), taken.median().compareTo(budget) < 0);
    }

    private Program.Output program(List<String> command) throws IOException {
        return new Program(machine.folder(), Map.of()).run(command);
    }
}
