package dev.portolan.haproxy;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mark at a worker that it is being replaced: what is changed there meanwhile may be lost. Its place is a variable of the worker
 * itself, so that whoever has changed something and then finds no mark knows that the one who replaces it will see the change. It holds
 * the uptime of the worker, in seconds, until which it stands: one that is older was left by a command that died.
 */
final class ReloadMark {
    private static final String NAME = "proc.portolan_reload";
    static final String QUESTION = "get var " + NAME;

    private static final Pattern VALUE = Pattern.compile("value=<(\\d+)>");

    /** Longer than a reload may take. */
    private static final Duration LIFE = Duration.ofSeconds(30);

    private ReloadMark() {}

    static List<String> set(ProcessStatus worker) {
        return set(Long.toString(worker.uptime().plus(LIFE).toSeconds()));
    }

    static List<String> clear() {
        return set("none");
    }

    private static List<String> set(String until) {
        return List.of("experimental-mode on", "set var " + NAME + " str(" + until + ")", "experimental-mode off");
    }

    /** @param answer to the question */
    static boolean stands(String answer, ProcessStatus worker) {
        Matcher value = VALUE.matcher(answer);
        return value.find() && worker.uptime().toSeconds() <= Long.parseLong(value.group(1));
    }
}
