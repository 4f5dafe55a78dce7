package dev.portolan.haproxy;

/** A change of a server by the runtime API, as data: the command, and the answer that says it was done. */
public sealed interface ServerChange {

    String backend();

    String server();

    /** @param address IPv4 */
    record Address(String backend, String server, String address, int port) implements ServerChange {}

    record Mode(String backend, String server, ServerStatus.Mode mode) implements ServerChange {}

    /** Forgets what the check found, so that only a new success counts. */
    record Unhealthy(String backend, String server) implements ServerChange {}

    /** @param percent of its configured share of the requests, 0 to 100 */
    record Weight(String backend, String server, int percent) implements ServerChange {}

    default String command() {
        String name = Words.name(backend()) + "/" + Words.name(server());
        return switch (this) {
            case Address(var backend, var server, var address, var port) ->
                "set server " + name + " addr " + Words.name(address) + " port " + port;
            case Mode(var backend, var server, var mode) -> "set server " + name + " state " + mode.word();
            case Unhealthy(var backend, var server) -> "set server " + name + " health down";
            case Weight(var backend, var server, var percent) -> "set server " + name + " weight " + percent + "%";
        };
    }

    /** Whether HAProxy's answer says that it is done. Errors come as text, too. */
    default boolean acknowledgedBy(String answer) {
        return switch (this) {
            case Address(var backend, var server, var address, var port) ->
                answer.endsWith("by 'stats socket command'")
                        && (answer.contains("changed") || answer.contains("no need"));
            case Mode(var backend, var server, var mode) -> answer.isEmpty();
            case Unhealthy(var backend, var server) -> answer.isEmpty();
            case Weight(var backend, var server, var percent) -> answer.isEmpty();
        };
    }
}
