package dev.portolan.cli;

import dev.portolan.cli.render.ScreenSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The terminal at which the person sits, by {@code stty}: Java has no word for its size or its modes. */
final class ControllingTerminal {
    private static final Path DEVICE = Path.of("/dev/tty");
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Map<String, String> environment;
    private ScreenSize size = ScreenSize.USUAL;
    private long askedNanos;
    private boolean asked;

    ControllingTerminal(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Asks again after a second, so that a window that is resized is followed. */
    synchronized ScreenSize size() {
        long now = System.nanoTime();
        if (!asked || now - askedNanos > FRESH.toNanos()) {
            asked = true;
            askedNanos = now;
            size = stty("size").flatMap(ControllingTerminal::parse).orElseGet(this::fromEnvironment);
        }
        return size;
    }

    /**
     * From now on each key goes to the program as it is, also Ctrl-C.
     *
     * @return puts it back as it was
     */
    Runnable raw() {
        Optional<String> before = stty("-g");
        stty("raw", "-echo");
        return () -> before.ifPresent(modes -> stty(modes.strip()));
    }

    /**
     * From now on what is typed is not shown.
     *
     * @return puts it back as it was
     */
    Runnable silent() {
        Optional<String> before = stty("-g");
        stty("-echo");
        return () -> before.ifPresent(modes -> stty(modes.strip()));
    }

    static Optional<ScreenSize> parse(String answer) {
        String[] numbers = answer.strip().split(" ", -1);
        if (numbers.length != 2 || !numbers[0].matches("[1-9][0-9]{0,4}") || !numbers[1].matches("[1-9][0-9]{0,4}")) {
            return Optional.empty();
        }
        return Optional.of(new ScreenSize(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])));
    }

    private ScreenSize fromEnvironment() {
        return parse(environment.getOrDefault("LINES", "24") + " " + environment.getOrDefault("COLUMNS", "80"))
                .orElse(ScreenSize.USUAL);
    }

    private static Optional<String> stty(String... words) {
        if (!Files.exists(DEVICE)) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(DEVICE.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(answer) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
