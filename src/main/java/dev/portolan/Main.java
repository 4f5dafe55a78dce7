package dev.portolan;

import dev.portolan.model.ExitCode;
import java.util.List;

/** Wires everything, by hand. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)).status());
    }

    /** Runs one command line; never ends the process. */
    static ExitCode run(List<String> arguments) {
        System.out.println("portolan");
        return ExitCode.DONE;
    }
}
