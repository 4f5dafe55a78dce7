package dev.portolan.model;

/**
 * Compose's {@code restart}.
 *
 * @param mode what the engine does
 * @param maximumRetries for {@code ON_FAILURE}; 0 for no limit
 */
public record RestartPolicy(Mode mode, int maximumRetries) {

    /** What a container of a release that is not committed has: a power cut must not bring it back. */
    public static final RestartPolicy NEVER = new RestartPolicy(Mode.NO, 0);

    public static final RestartPolicy UNLESS_STOPPED = new RestartPolicy(Mode.UNLESS_STOPPED, 0);

    public enum Mode {
        NO("no"),
        ALWAYS("always"),
        ON_FAILURE("on-failure"),
        UNLESS_STOPPED("unless-stopped");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        /** The engine's and Compose's word for it. */
        public String word() {
            return word;
        }
    }
}
