package dev.portolan.host.ssh;

import java.io.IOException;
import java.io.OutputStream;

/** A host that runs scripts of a POSIX shell. Its {@code toString} names it. */
interface Shells {

    /**
     * Runs a script that reads nothing, with {@link SshFiles#FUNCTIONS} defined.
     *
     * @throws IOException when it is not known whether the script has run
     */
    RemoteShell.Answer run(String script) throws IOException;

    /**
     * Runs a script that reads what is written here, for as long as it takes.
     *
     * @throws IOException also when that cannot be written
     */
    RemoteShell.Answer feed(String script, Content content) throws IOException;

    /** Writes what a script reads. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream target) throws IOException;
    }
}
