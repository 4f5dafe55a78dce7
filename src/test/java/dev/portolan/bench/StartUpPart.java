package dev.portolan.bench;

import java.io.IOException;
import java.nio.file.Path;
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

    @FunctionalInterface
    private interface Call {
        Program.Output run() throws IOException;
    }

    void run() throws Exception {
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put(DOCKER, () -> program(List.of("docker", "version")));
        calls.put(JAVA, () -> program(bareJava()));
        for (String command : List.of("--version", "plan", "status")) {
            calls.put("portolan " + command, () -> app.portolan(command));
        }
        app.awaitHealthy();
        Map<String, Times> times = new LinkedHashMap<>();
        for (int repetition = 0; repetition <= REPETITIONS; repetition++) {
            for (Map.Entry<String, Call> call : calls.entrySet()) {
                Duration took = call.getValue().run().took();
                if (repetition > 0) { // the first one reads files from the disk
                    times.computeIfAbsent(call.getKey(), name -> new Times()).add(took);
                }
            }
        }
        print(times);
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

    /** With the options of the launcher, so that only the program differs. */
    private static List<String> bareJava() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Bare.class.getName());
    }
}
