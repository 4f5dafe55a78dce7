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
     * Adds to its end.
     *
     * @return how many bytes are there then
     * @throws IOException when the connection broke
     * @throws dev.portolan.model.UserError when the host cannot keep it
     */
    long append(String name, Content content) throws IOException;

    /** Hands it to the engine as {@code docker load} does. */
    Handed hand(String name) throws IOException;

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
