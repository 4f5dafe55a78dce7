package dev.portolan.compose;

/** A text that is no duration, size, port and so on. Whoever knows where it stands makes a problem of it. */
final class InvalidValue extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param message what is wrong
     * @param remedy what to do about it
     */
    InvalidValue(String message, String remedy) {
        super(message, null, false, false);
        this.remedy = remedy;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
