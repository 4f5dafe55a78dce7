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

    /** What a container of the committed release has unless the app says otherwise. */
    public static final RestartPolicy ALWAYS = new RestartPolicy(Mode.ALWAYS, 0);

    /**
     * What the engine is told at commit. {@code unless-stopped} becomes {@code always}: it is Portolan that stops containers, for
     * a release that may not last, and after a power cut in the middle the committed one must come back all the same.
     */
    public RestartPolicy atCommit() {
        return mode == Mode.UNLESS_STOPPED ? ALWAYS : this;
    }

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
