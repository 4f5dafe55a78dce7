package dev.portolan;

import dev.portolan.cli.Program;
import dev.portolan.cli.Surroundings;
import java.util.List;

/** Wires everything, by hand. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        end(run(List.of(arguments)));
    }

    /**
     * Ends the process. Not by {@link System#exit}, which looks for loggers in each archive of the program first: a tenth of the time of
     * a short command. Nothing of this program waits for the end of the process.
     */
    static void end(int status) {
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }

    /** Runs one command line and returns its exit status; never ends the process. */
    static int run(List<String> arguments) {
        return run(arguments, Surroundings.ofThisProcess());
    }

    static int run(List<String> arguments, Surroundings surroundings) {
        return new Program(surroundings, () -> new AppParts(surroundings.environment())).run(arguments);
    }
}
