package dev.portolan.buildkit;

import dev.portolan.host.ByteStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ServerSocketFactory;

/** For a gRPC server whose only connection is there already. */
final class SingleConnection extends ServerSocketFactory {
    private final ByteStream stream;

    SingleConnection(ByteStream stream) {
        this.stream = stream;
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Acceptor(stream);
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return createServerSocket();
    }

    /** Accepts once, and then waits until it is closed. */
    private static final class Acceptor extends ServerSocket {
        private final ByteStream stream;
        private final AtomicBoolean accepted = new AtomicBoolean();
        private final CountDownLatch closed = new CountDownLatch(1);

        Acceptor(ByteStream stream) throws IOException {
            this.stream = stream;
        }

        @Override
        public void bind(SocketAddress address) {}

        @Override
        public void bind(SocketAddress address, int backlog) {}

        @Override
        public SocketAddress getLocalSocketAddress() {
            return StreamSocket.NOWHERE;
        }

        @Override
        public Socket accept() throws IOException {
            if (accepted.compareAndSet(false, true)) {
                return new StreamSocket(stream);
            }
            try {
                closed.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new SocketException("there is one connection only");
        }

        @Override
        public boolean isClosed() {
            return closed.getCount() == 0;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
