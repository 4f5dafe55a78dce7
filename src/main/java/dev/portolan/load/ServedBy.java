package dev.portolan.load;

import java.util.Comparator;

/** Which release answered, in which region, as the answer's headers say; {@code -} where they do not say. */
public record ServedBy(String release, String region) implements Comparable<ServedBy> {

    public static final ServedBy UNKNOWN = new ServedBy("-", "-");

    @Override
    public int compareTo(ServedBy other) {
        return Comparator.comparing(ServedBy::release)
                .thenComparing(ServedBy::region)
                .compare(this, other);
    }
}
