package dev.portolan.setup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What a set-up does with the machine that it runs on. */
public interface Machine {

    MachineFacts facts();

    /** Asks whether an engine answers at a socket. Takes a few seconds at most. */
    EngineAnswer ask(Path engineSocket);

    /** Runs a command to its end. A program that does not exist is a failure with exit code 127. */
    Result run(Command command);

    /**
     * Starts a command that outlives this process and its terminal.
     *
     * @param log a file that its output is added to; its folder is made
     */
    void startDetached(Command command, Path log);

    /** Whether a process of this program runs, by whatever user. */
    boolean runs(String program);

    /** The files in a folder, sorted by name; empty when there is no such folder. */
    List<Path> files(Path folder);

    /** The last lines of a text file; empty when it cannot be read. */
    List<String> tail(Path file, int lines);

    void pause(Duration duration);

    /** What came of asking for an engine. */
    enum EngineAnswer {
        ANSWERS,
        NOT_ALLOWED,
        SILENT
    }

    /**
     * @param output both streams, line by line
     */
    record Result(int exitCode, List<String> output) {

        public Result {
            output = List.copyOf(output);
        }

        public boolean succeeded() {
            return exitCode == 0;
        }

        /** The last few lines, in one. */
        public String lastWords() {
            List<String> written =
                    output.stream().filter(line -> !line.isBlank()).toList();
            return written.isEmpty()
                    ? "exit code " + exitCode
                    : written.subList(Math.max(0, written.size() - 3), written.size()).stream()
                            .map(String::strip)
                            .collect(Collectors.joining("; "));
        }
    }
}
