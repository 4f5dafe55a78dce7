package dev.portolan.setup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A machine on which every command succeeds unless told otherwise, and an engine answers some time after it is started. */
public final class FakeMachine implements Machine {
    public final List<String> commands = new ArrayList<>();
    public final Map<Path, List<String>> files = new HashMap<>();
    public final Map<String, List<String>> outputs = new HashMap<>();
    public MachineFacts facts = debian(Rights.ROOT);
    EngineAnswer answer = EngineAnswer.SILENT;
    EngineAnswer answerOnceStarted = EngineAnswer.ANSWERS;
    public Predicate<String> fails = command -> false;
    boolean packageStartsIt;
    Duration startsWithin = Duration.ofSeconds(2);

    private Duration sinceStart = Duration.ofSeconds(-1);

    public static MachineFacts debian(Rights rights) {
        return new MachineFacts("Linux", Set.of("debian"), "ada", rights, false, false, false);
    }

    @Override
    public MachineFacts facts() {
        return facts;
    }

    @Override
    public EngineAnswer ask(Path engineSocket) {
        boolean started = !sinceStart.isNegative() && sinceStart.compareTo(startsWithin) >= 0;
        return started ? answerOnceStarted : answer;
    }

    @Override
    public Result run(Command command) {
        commands.add(command.toString());
        if (fails.test(command.toString())) {
            return new Result(100, List.of("E: it failed", ""));
        }
        if (command.words().contains("systemctl")) {
            sinceStart = startsWithin;
        }
        return new Result(0, outputs.getOrDefault(command.toString(), List.of()));
    }

    @Override
    public boolean runs(String program) {
        boolean started = packageStartsIt && commands.stream().anyMatch(command -> command.contains("docker.io"));
        if (started) {
            sinceStart = Duration.ZERO;
        }
        return started;
    }

    @Override
    public List<Path> files(Path folder) {
        return files.keySet().stream()
                .filter(file -> folder.equals(file.getParent()))
                .sorted()
                .toList();
    }

    @Override
    public void startDetached(Command command, Path log) {
        commands.add(command + " >> " + log);
        sinceStart = Duration.ZERO;
    }

    @Override
    public List<String> tail(Path file, int lines) {
        return files.getOrDefault(file, List.of());
    }

    @Override
    public void pause(Duration duration) {
        if (!sinceStart.isNegative()) {
            sinceStart = sinceStart.plus(duration);
        }
    }
}
