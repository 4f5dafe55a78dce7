package dev.portolan.bench;

import dev.portolan.compose.ComposeSource;
import dev.portolan.compose.CorpusCase;
import dev.portolan.compose.CorpusReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long Compose files take to read: the projects of the corpus in a Java that is warm, all of them in a new one, and the whole
 * command beside Docker Compose. Needs no engine.
 */
record ConfigPart(Path source, Report report) {
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 20;
    private static final int NEW_ONES = 5;
    private static final int REPETITIONS = 15;
    private static final Duration PROJECT_BUDGET = Duration.ofMillis(3);
    private static final Duration CORPUS_BUDGET = Duration.ofSeconds(3);
    private static final double RATIO_BUDGET = 1.5;
    private static final String FILE = "src/test/resources/dev/portolan/compose/corpus/apps/online-shop/compose.yaml";
    private static final String COMPOSE = "docker compose config";
    private static final String PORTOLAN = "portolan config";

    void run() throws IOException {
        corpus();
        command();
    }

    private void corpus() throws IOException {
        List<ComposeSource> projects =
                CorpusCase.all().stream().map(CorpusReading::source).toList();
        Times warm = warm(projects);
        Times whole = new Times();
        for (int run = 0; run < NEW_ONES; run++) {
            whole.add(new Program(source, Map.of())
                    .run(Program.java(WholeCorpus.class))
                    .took());
        }
        report.heading("Reading the corpus, " + projects.size() + " projects");
        report.table(List.of(
                List.of("", "min", "median", "max"),
                row("one project, warm (each the median of " + ROUNDS + ")", warm),
                row("all of them in a new Java, its start included (" + NEW_ONES + " times)", whole)));
        report.verdict(
                "the median project of the corpus in under 3 ms", warm.median().compareTo(PROJECT_BUDGET) < 0);
        report.verdict("the whole corpus in under 3 s", whole.median().compareTo(CORPUS_BUDGET) < 0);
    }

    private static Times warm(List<ComposeSource> projects) {
        List<Times> times = projects.stream().map(project -> new Times()).toList();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            for (int index = 0; index < projects.size(); index++) {
                long began = System.nanoTime();
                WholeCorpus.answer(projects.get(index));
                if (round >= WARM_UP) {
                    times.get(index).add(Duration.ofNanos(System.nanoTime() - began));
                }
            }
        }
        Times medians = new Times();
        times.forEach(project -> medians.add(project.median()));
        return medians;
    }

    private void command() throws IOException {
        Path file = source.resolve(FILE);
        Program program = new Program(Optional.ofNullable(file.getParent()).orElseThrow(), Map.of());
        Optional<List<String>> compose = ComposeProject.command();
        Map<String, InTurn.Call> calls = new LinkedHashMap<>();
        if (compose.isPresent()) {
            List<String> words = new ArrayList<>(compose.get());
            words.add("config");
            calls.put(COMPOSE, () -> program.run(words));
        }
        calls.put("a bare Java program", () -> program.run(Program.java(Bare.class)));
        calls.put(PORTOLAN, () -> program.run(List.of(source.resolve("portolan").toString(), "config")));
        Map<String, Times> times = InTurn.times(REPETITIONS, calls);
        Optional<Times> theirs = Optional.ofNullable(times.get(COMPOSE));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "min", "median", "max", "to docker compose"));
        times.forEach((name, taken) -> {
            List<String> row = new ArrayList<>(row(name, taken));
            row.add(theirs.map(taken::ratioTo).orElse("-"));
            rows.add(row);
        });
        report.heading("config of a file of " + Files.readAllLines(file).size() + " lines (" + REPETITIONS
                + " times, in turn)");
        if (compose.isEmpty()) {
            report.say(ComposeProject.LEFT_OUT);
        }
        report.table(rows);
        theirs.ifPresent(docker -> report.verdict(
                PORTOLAN + " in at most " + RATIO_BUDGET + " times as long as " + COMPOSE,
                times.getOrDefault(PORTOLAN, new Times()).median().toNanos()
                        <= RATIO_BUDGET * docker.median().toNanos()));
    }

    private static List<String> row(String name, Times times) {
        return List.of(name, Times.text(times.shortest()), Times.text(times.median()), Times.text(times.longest()));
    }
}
