package dev.portolan.haproxy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the worker that answers says of itself.
 *
 * @param process its id, in the container's numbers
 * @param started when, in seconds since 1970 by the host's clock: containers give out the same ids again and again
 * @param stopping whether a reload has replaced it
 * @param description the words of the configuration's {@code description} line that it was started with
 */
public record ProcessStatus(long process, Duration uptime, long started, boolean stopping, String description) {
    static final String QUESTION = "show info";

    /** Whether the other one tells of the same worker, perhaps at another time. */
    public boolean isSame(ProcessStatus other) {
        return process == other.process && started == other.started;
    }

    /** The value of a word {@code name=value} of the description. */
    public Optional<String> described(String name) {
        return Arrays.stream(description.split(" "))
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst();
    }

    /** @param text the answer to {@code show info} */
    static ProcessStatus parse(String text) {
        Map<String, String> fields = text.lines()
                .map(line -> line.split(": ", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (first, second) -> first));
        String process = fields.get("Pid");
        String uptime = fields.get("Uptime_sec");
        if (process == null || uptime == null) {
            throw new HaproxyException(
                    "HAProxy's answer to 'show info' is not understood: " + text, "run 'portolan doctor'");
        }
        return new ProcessStatus(
                Long.parseLong(process),
                Duration.ofSeconds(Long.parseLong(uptime)),
                Long.parseLong(fields.getOrDefault("Start_time_sec", "0")),
                fields.getOrDefault("Stopping", "0").equals("1"),
                fields.getOrDefault("description", ""));
    }
}
