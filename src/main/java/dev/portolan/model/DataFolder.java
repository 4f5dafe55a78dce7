package dev.portolan.model;

/**
 * A folder of the project that an app may write to. Each region has its own on each of its hosts, made once and then left to the app.
 *
 * @param name relative to the project's folder; empty for that folder itself
 * @param seed what it holds when it is made
 */
public record DataFolder(String name, Seed seed) {

    /** As a person names it: such as {@code ./data}. */
    public String text() {
        return name.isEmpty() ? "the project's folder" : "./" + name;
    }

    /** What the project had in its place. */
    public sealed interface Seed {

        /** Nothing: it is empty at first. */
        record Nothing() implements Seed {}

        /**
         * @param digest of all that it held
         * @param path absolute, on the machine of the command line
         */
        record Files(String digest, String path) implements Seed {}

        /**
         * What cannot be copied.
         *
         * @param reason a sentence that goes on from the folder's name
         * @param location of a mount of it
         */
        record Unfit(String reason, SourceLocation location) implements Seed {}
    }
}
