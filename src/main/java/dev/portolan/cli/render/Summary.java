package dev.portolan.cli.render;

import dev.portolan.model.ExitCode;
import dev.portolan.model.ReleaseId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a command ended: the last line of {@code --output json}.
 *
 * @param result in a word or two, such as {@code committed}
 * @param exit status of the process: that of {@link ExitCode}, or what a command run in a container ended with
 * @param requests answered meanwhile, where somebody counted
 */
public record Summary(
        String result,
        int exit,
        Optional<ReleaseId> release,
        OptionalLong requests,
        OptionalLong failed,
        Optional<Duration> took) {

    public static Summary of(String result, ExitCode exit) {
        return ofStatus(result, exit.status());
    }

    public static Summary ofStatus(String result, int exit) {
        return new Summary(
                result, exit, Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }

    public static Summary done() {
        return of("done", ExitCode.DONE);
    }

    /** With the requests that were counted. */
    public Summary counted(long sent, long lost) {
        return new Summary(result, exit, release, OptionalLong.of(sent), OptionalLong.of(lost), took);
    }

    public Summary ofRelease(ReleaseId id) {
        return new Summary(result, exit, Optional.of(id), requests, failed, took);
    }

    public Summary after(Duration duration) {
        return new Summary(result, exit, release, requests, failed, Optional.of(duration));
    }
}
