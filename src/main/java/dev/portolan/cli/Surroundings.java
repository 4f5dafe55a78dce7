package dev.portolan.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
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
    private static final String LOCALE = "LC_ALL";
    /** What {@link #LOCALE} was before the start script set it; empty where it was not set. */
    private static final String LOCALE_BEFORE = "PORTOLAN_LC_ALL";

    /** Those of this process. */
    public static Surroundings ofThisProcess() {
        Map<String, String> variables = asTheyWere(System.getenv());
        boolean unicode = System.getProperty("stdout.encoding", "").equalsIgnoreCase(StandardCharsets.UTF_8.name())
                && !System.getenv().containsKey(LOCALE_BEFORE);
        return new Surroundings(
                System.in,
                System.out,
                System.err,
                variables,
                Path.of("").toAbsolutePath(),
                ZoneId::systemDefault,
                ScreenFacts.of(variables, unicode));
    }

    /** The start script may have given Java another locale, in which no letter is lost. */
    static Map<String, String> asTheyWere(Map<String, String> variables) {
        String before = variables.get(LOCALE_BEFORE);
        if (before == null) {
            return variables;
        }
        Map<String, String> all = new HashMap<>(variables);
        all.remove(LOCALE_BEFORE);
        all.remove(LOCALE);
        if (!before.isEmpty()) {
            all.put(LOCALE, before);
        }
        return Map.copyOf(all);
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
