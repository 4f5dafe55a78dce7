package dev.portolan.model;

/**
 * Names a release by its content: the first ten hexadecimal digits of the SHA-256 of the desired state. The same content
 * has the same name, so a second deploy of it finds nothing to do.
 *
 * @param value ten characters 0-9 and a-f
 */
public record ReleaseId(String value) {

    public ReleaseId {
        if (!value.matches("[0-9a-f]{10}")) {
            throw new IllegalArgumentException("not a release: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
