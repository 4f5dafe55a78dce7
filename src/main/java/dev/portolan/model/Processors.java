package dev.portolan.model;

/**
 * How a container shares the host's processors, beside the limit of how many it may use. A number is 0, and a text empty, where
 * nothing is said.
 *
 * @param shares weight against other containers
 * @param periodMicros of the scheduler that {@code quotaMicros} is a part of
 * @param realtimeMicros of each {@code realtimePeriodMicros} that real-time threads may run
 * @param allowed those that it may run on, such as {@code 0-2,4}
 * @param count on Windows
 * @param hundredthsOfPercent on Windows
 */
public record Processors(
        long shares,
        long periodMicros,
        long quotaMicros,
        long realtimePeriodMicros,
        long realtimeMicros,
        String allowed,
        long count,
        long hundredthsOfPercent) {}
