package dev.portolan.testing;

import dev.portolan.host.ByteStream;
import dev.portolan.host.HostConnection;
import dev.portolan.host.HostFiles;
import dev.portolan.host.HostPorts;
import dev.portolan.host.HostRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Another host's sockets, every byte that goes there counted; its connections break when they are told to. */
public final class CountedHost implements HostConnection {
    private final HostConnection host;
    private final String engineSocket;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong untilBreak = new AtomicLong(Long.MAX_VALUE);

    /** @param host is closed with this */
    public CountedHost(HostConnection host) {
        this(host, host.engineSocket());
    }

    /** @param engineSocket of another engine there */
    public CountedHost(HostConnection host, String engineSocket) {
        this.host = host;
        this.engineSocket = engineSocket;
    }

    /** Since the last call. */
    public long sent() {
        return sent.getAndSet(0);
    }

    /** Once, when so many more bytes were sent. */
    public void breakAfter(long bytes) {
        untilBreak.set(bytes);
    }

    @Override
    public ByteStream dial(String socket) throws IOException {
        return new Counted(host.dial(socket));
    }

    @Override
    public HostFiles files() {
        return host.files();
    }

    @Override
    public HostRoutes routes() {
        return host.routes();
    }

    @Override
    public HostPorts ports() {
        return host.ports();
    }

    @Override
    public String engineSocket() {
        return engineSocket;
    }

    @Override
    public void close() {
        host.close();
    }

    private final class Counted implements ByteStream {
        private final ByteStream stream;

        Counted(ByteStream stream) {
            this.stream = stream;
        }

        @Override
        public InputStream input() {
            return stream.input();
        }

        @Override
        public OutputStream output() {
            OutputStream output = stream.output();
            return new OutputStream() {
                @Override
                public void write(int value) throws IOException {
                    write(new byte[] {(byte) value}, 0, 1);
                }

                @Override
                public void write(byte[] source, int offset, int length) throws IOException {
                    if (untilBreak.addAndGet(-length) < 0) {
                        untilBreak.set(Long.MAX_VALUE);
                        stream.close();
                        throw new IOException("broken on purpose");
                    }
                    sent.addAndGet(length);
                    output.write(source, offset, length);
                }

                @Override
                public void flush() throws IOException {
                    output.flush();
                }

                @Override
                public void close() throws IOException {
                    output.close();
                }
            };
        }

        @Override
        public boolean isOpen() {
            return stream.isOpen();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
