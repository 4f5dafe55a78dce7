package dev.portolan.logs;

/**
 * One line of a container.
 *
 * @param time as the engine noted it, RFC 3339 in UTC, so that the order of the texts is that of the times
 * @param error whether it came from the standard error stream
 */
public record LogEntry(LogSource source, String time, boolean error, String text) {}
