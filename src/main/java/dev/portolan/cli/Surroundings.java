package dev.portolan.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a command line finds around itself, as a value, so that tests can choose it.
 *
 * @param environment variables of the process
 * @param folder the current one, absolute
 * @param zone asked for when a time is written: reading the world's time zones takes longer than some commands
 */
public record Surroundings(
        InputStream input,
        PrintStream output,
        PrintStream error,
        Map<String, String> environment,
        Path folder,
        Supplier<ZoneId> zone,
        ScreenFacts screen) {

    /** Those of this process. */
    public static Surroundings ofThisProcess() {
        return new Surroundings(
                System.in,
                System.out,
                System.err,
                System.getenv(),
                Path.of("").toAbsolutePath(),
                ZoneId::systemDefault,
                ScreenFacts.of(
                        System.getenv(),
                        System.getProperty("stdout.encoding", "").equalsIgnoreCase(StandardCharsets.UTF_8.name())));
    }

    /** The same with another folder and other variables. */
    public Surroundings in(Path other, Map<String, String> variables) {
        return new Surroundings(input, output, error, Map.copyOf(variables), other, zone, screen);
    }

    /** Whether somebody sits at a terminal who can be asked. */
    boolean canAsk() {
        return screen.inputIsTerminal() && screen.outputIsTerminal();
    }

    boolean debug() {
        return !environment.getOrDefault("PORTOLAN_DEBUG", "").isEmpty();
    }
}
