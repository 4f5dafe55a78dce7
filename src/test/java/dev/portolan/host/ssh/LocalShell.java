package dev.portolan.host.ssh;

import dev.portolan.host.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A shell of this machine. */
record LocalShell(Process process) implements ByteStream {

    static LocalShell start() throws IOException {
        return new LocalShell(new ProcessBuilder("sh").redirectErrorStream(true).start());
    }

    @Override
    public InputStream input() {
        return process.getInputStream();
    }

    @Override
    public OutputStream output() {
        return process.getOutputStream();
    }

    @Override
    public boolean isOpen() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
    }
}
