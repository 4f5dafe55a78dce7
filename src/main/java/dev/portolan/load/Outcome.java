package dev.portolan.load;

import java.util.Optional;

/** How one request ended, and when by {@link System#nanoTime()}. */
sealed interface Outcome {
    long endedNanos();

    record Succeeded(ServedBy by, long endedNanos) implements Outcome {}

    /** @param by present when the head of an answer came */
    record Failed(FailureKind kind, String reason, Optional<ServedBy> by, long endedNanos) implements Outcome {}

    /** A WebSocket message in flight when the server closed the connection. */
    record CutOff(long endedNanos) implements Outcome {}

    static Outcome failed(FailureKind kind, String reason) {
        return new Failed(kind, reason, Optional.empty(), System.nanoTime());
    }
}
