package dev.portolan.fuzz;

import dev.portolan.fuzz.Outcome.Find;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Jazzer says while it runs. */
final class FuzzLog {
    /** The fuzzer works by a library for the machine, and by changing classes while the JVM runs. */
    private static final Pattern LACKING =
            Pattern.compile("java\\.lang\\.UnsatisfiedLinkError: .*|No compatible attachment provider is available"
                    + "|java\\.lang\\.NoClassDefFoundError: java/lang/instrument/.*|Could not self-attach .*");

    private static final Pattern DONE =
            Pattern.compile("^Done (\\d+) runs in|^Executed .* in \\d+ ms", Pattern.MULTILINE);

    /** An exception, too little memory among them; or an input that hangs. */
    private static final Pattern FIND = Pattern.compile("^(?:== Java Exception|ALARM): .*", Pattern.MULTILINE);

    /** Of an exception; the stacks of what hangs stand at the end. */
    private static final String AFTER_STACK = "\n== libFuzzer crashing input ==";

    private static final Pattern INPUT = Pattern.compile("Test unit written to (\\S+)");
    private static final Pattern BEGUN = Pattern.compile("^#\\d+\\s+INITED|^Running: ", Pattern.MULTILINE);

    private FuzzLog() {}

    /**
     * What a log says.
     *
     * @param only the input that was tried, if it was one only: the log names none then
     * @throws IOException when the fuzzer itself failed
     */
    static Outcome outcome(String log, int exitCode, Optional<Path> only) throws IOException {
        List<Find> finds = new ArrayList<>();
        List<Integer> starts = new ArrayList<>(
                FIND.matcher(log).results().map(MatchResult::start).toList());
        starts.add(log.length());
        for (int index = 0; index + 1 < starts.size(); index++) {
            String about = log.substring(starts.get(index), starts.get(index + 1));
            Path input = INPUT.matcher(about)
                    .results()
                    .findFirst()
                    .map(written -> Path.of(written.group(1)))
                    .or(() -> only)
                    .orElseThrow(() -> new IOException("a find without its input:\n" + about));
            finds.add(new Find(input, about.split(AFTER_STACK, 2)[0].strip()));
        }
        if (!finds.isEmpty()) {
            return new Outcome.Found(finds);
        }
        Optional<MatchResult> lacking = LACKING.matcher(log).results().findFirst();
        if (lacking.isPresent() && !BEGUN.matcher(log).find()) {
            return new Outcome.CannotRun(lacking.get().group());
        }
        Matcher done = DONE.matcher(log);
        if (exitCode != 0 || !done.find()) {
            throw new IOException("the fuzzer ended with " + exitCode + ":\n" + log);
        }
        return new Outcome.Nothing(done.group(1) == null ? 1 : Long.parseLong(done.group(1)));
    }
}
