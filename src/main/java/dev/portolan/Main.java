package dev.portolan;

import dev.portolan.cli.Program;
import dev.portolan.cli.Surroundings;
import java.util.List;

/** Wires everything, by hand. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    /** Runs one command line and returns its exit status; never ends the process. */
    static int run(List<String> arguments) {
        return run(arguments, Surroundings.ofThisProcess());
    }

    static int run(List<String> arguments, Surroundings surroundings) {
        return new Program(surroundings, () -> new LocalParts(surroundings.environment())).run(arguments);
    }
}
