package dev.portolan.secrets;

import dev.portolan.model.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A store that people change with {@code portolan secrets}. Each method reads the file anew, and replaces it as a whole. */
public interface SecretFile {

    /** Whether it is there. */
    boolean exists();

    /**
     * Makes it, empty.
     *
     * @param recipients who can read it, as age or SSH writes their keys; empty for whoever makes it, whose key is made where there
     *     is none
     * @return what was made, in a person's words, a line each
     * @throws dev.portolan.model.UserError when it is there already, or a recipient is none
     */
    List<String> create(List<String> recipients);

    /** By name. */
    List<Entry> entries();

    /** @return the version of the value; the one that there is when it is the same */
    int set(String name, Secret value);

    /** Sets several at once. @return those that changed, with their versions */
    Map<String, Integer> setAll(Map<String, Secret> values);

    /** What each has now. */
    Map<String, Secret> current();

    /**
     * Takes it away.
     *
     * @param forget whether earlier values go as well, so that no release can be gone back to that has one
     * @return whether it was there
     */
    boolean remove(String name, boolean forget);

    /** Who can read it. */
    List<String> recipients();

    /**
     * Encrypts it anew, with a new key of the file.
     *
     * @param forget whether earlier values go
     */
    void rotate(List<String> added, List<String> removed, boolean forget);

    /**
     * @param version of the value that it has now
     * @param set when that was
     * @param earlier how many earlier values are kept
     */
    record Entry(String name, int version, Instant set, int earlier) {}
}
