package dev.portolan.load;

import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a reader asks. The times are exact: rounding never adds up, so a rate held for a while gives one number of
 * requests and no other.
 *
 * @param requests 1 to 1,000,000
 * @param per the time in which they are spread evenly, at most an hour
 */
public record Rate(int requests, Duration per) {
    private static final int MOST = 1_000_000;
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,7})/(s|m|h)");

    public Rate {
        if (requests < 1 || requests > MOST) {
            throw new IllegalArgumentException("not between 1 and " + MOST + " requests: " + requests);
        }
        if (!per.isPositive() || per.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("not the time of a rate: " + per);
        }
    }

    public static Rate perSecond(int requests) {
        return new Rate(requests, Duration.ofSeconds(1));
    }

    /**
     * Reads {@code 200/s}, {@code 30/m} or {@code 10/h}.
     *
     * @throws UserError when the text is anything else
     */
    public static Rate parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (matcher.matches()) {
            int requests = Integer.parseInt(matcher.group(1));
            if (requests >= 1 && requests <= MOST) {
                return new Rate(
                        requests,
                        switch (matcher.group(2)) {
                            case "s" -> Duration.ofSeconds(1);
                            case "m" -> Duration.ofMinutes(1);
                            default -> Duration.ofHours(1);
                        });
            }
        }
        throw new UserError(
                "'" + text + "' is not a rate",
                "write a whole number of requests, 1 to 1000000, for a second, minute or hour, such as 200/s or 30/m",
                ExitCode.USAGE);
    }

    /** When the request with this number, from 0, is due: nanoseconds after the first. */
    long dueNanos(long number) {
        long nanos = per.toNanos();
        return number / requests * nanos + number % requests * nanos / requests;
    }

    /** The time from one request to the next. */
    public Duration interval() {
        return per.dividedBy(requests);
    }

    /** The number of requests that are due within a time, the first one at its start. */
    public long requestsIn(Duration time) {
        long nanos = per.toNanos();
        long rest = time.toNanos() % nanos;
        long inRest = Math.ceilDiv(rest * requests, nanos);
        return time.toNanos() / nanos * requests + inRest;
    }

    /** As {@link #parse} reads it, where that has a word for it. */
    @Override
    public String toString() {
        return requests
                + switch ((int) per.toSeconds()) {
                    case 1 -> "/s";
                    case 60 -> "/m";
                    case 3600 -> "/h";
                    default -> " in " + per.toMillis() + " ms";
                };
    }
}
