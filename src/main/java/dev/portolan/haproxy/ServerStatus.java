package dev.portolan.haproxy;

/**
 * A server of a backend, as HAProxy reports it.
 *
 * @param address {@code ip:port}
 * @param mode what HAProxy was told to do with it
 * @param up whether it counts as running
 * @param check the last result of its health check, such as {@code L7OK}, or {@code L4OK} where connecting is all of it; empty when
 *     it has none
 * @param checkText what the check says for a person
 * @param current sessions in flight now, those in the queue included
 */
public record ServerStatus(
        String backend,
        String server,
        String address,
        Mode mode,
        boolean up,
        String check,
        String checkText,
        long current,
        Counters counters) {

    public enum Mode {
        /** Gets requests while it is up. */
        READY("ready"),
        /** Gets none that it need not get, and is checked. */
        DRAIN("drain"),
        /** Gets none and is not checked. */
        MAINTENANCE("maint");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        /** HAProxy's word for it. */
        public String word() {
            return word;
        }
    }

    /** Whether it passes its health check now. */
    public boolean healthy() {
        return up && (check.equals("L7OK") || check.equals("L4OK"));
    }
}
