package dev.portolan.buildkit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Turns what BuildKit tells of a build into lines for a person: each step has a number, its name once, and its output as it
 * comes. What BuildKit does for itself, such as loading the Dockerfile, is left out.
 */
final class BuildProgress {
    private static final int LINES_KEPT = 20;
    private static final String OWN_WORK = "[internal]";

    private final Consumer<String> lines;
    private final Map<String, Step> steps = new HashMap<>();
    private final Set<String> said = new HashSet<>();
    private int numbers;
    private Optional<Step> failed = Optional.empty();

    /** @param lines one at a time */
    BuildProgress(Consumer<String> lines) {
        this.lines = lines;
    }

    private static final class Step {
        private final String name;
        private final int number;
        private final StringBuilder incomplete = new StringBuilder();
        private final Deque<String> last = new ArrayDeque<>();
        private boolean ended;

        Step(String name, int number) {
            this.name = name;
            this.number = number;
        }

        boolean silent() {
            return name.startsWith(OWN_WORK);
        }
    }

    /** The step that failed, as {@code [2/3] RUN make}, when one has. */
    synchronized Optional<String> failedStep() {
        return failed.map(step -> step.name);
    }

    /** The last lines that the failed step wrote. */
    synchronized List<String> failedOutput() {
        return failed.map(step -> List.copyOf(step.last)).orElse(List.of());
    }

    /** @param update a {@code StatusResponse} */
    synchronized void accept(Message update) throws IOException {
        for (Message vertex : update.messages(1)) {
            vertex(vertex);
        }
        for (Message status : update.messages(2)) {
            status(status);
        }
        for (Message log : update.messages(3)) {
            Step step = steps.get(log.text(1));
            if (step != null) {
                output(step, log.text(4));
            }
        }
    }

    private void vertex(Message vertex) {
        String digest = vertex.text(1);
        boolean cached = vertex.number(4) != 0;
        if (!vertex.has(5) && !cached) {
            return; // it has not begun
        }
        Step step = steps.get(digest);
        if (step == null) {
            boolean silent = vertex.text(3).startsWith(OWN_WORK);
            step = new Step(vertex.text(3), silent ? 0 : ++numbers);
            steps.put(digest, step);
            say(step, step.name);
        }
        if (vertex.has(6) && !step.ended) {
            step.ended = true;
            endLine(step);
            String error = vertex.text(7);
            if (!error.isEmpty()) {
                failed = failed.isPresent() ? failed : Optional.of(step);
                say(step, "failed: " + error);
            } else if (cached) {
                say(step, "was done already");
            }
        }
    }

    /** A layer that is fetched says many times how far it is; once, at its end, is enough. */
    private void status(Message status) {
        Step step = steps.get(status.text(2));
        long total = status.number(5);
        if (step != null && total > 0 && status.has(8) && said.add(status.text(2) + status.text(1))) {
            say(step, status.text(1) + " " + size(total));
        }
    }

    private static String size(long bytes) {
        return bytes < 1_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
    }

    private void output(Step step, String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '\n') {
                endLine(step);
            } else if (character != '\r') {
                step.incomplete.append(character);
            }
        }
    }

    private void endLine(Step step) {
        if (step.incomplete.isEmpty()) {
            return;
        }
        String line = step.incomplete.toString();
        step.incomplete.setLength(0);
        step.last.addLast(line);
        if (step.last.size() > LINES_KEPT) {
            step.last.removeFirst();
        }
        say(step, line);
    }

    private void say(Step step, String text) {
        if (!step.silent()) {
            lines.accept("#" + step.number + " " + text);
        }
    }
}
