package dev.portolan.host;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * Large files on their way into the engine of a host. What has come of one stays there when the connection breaks, so that the rest of
 * it can follow. One writer for each name.
 */
public interface HostUploads {

    /** How many bytes of it are there; empty where the host has nothing that hands files to its engine. */
    OptionalLong size(String name) throws IOException;

    /**
     * Adds to its end what is left of it, and hands all of it to the engine, as {@code docker load} does, while it comes.
     *
     * @throws IOException when the connection broke; what has come is there
     */
    Handed finish(String name, Content rest) throws IOException;

    /** Removes it; does nothing when it is not there. */
    void remove(String name) throws IOException;

    /**
     * @param taken whether the engine has taken it
     * @param words of whoever handed it over
     */
    record Handed(boolean taken, String words) {}

    /** Writes what is added. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream target) throws IOException;
    }
}
