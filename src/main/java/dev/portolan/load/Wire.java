package dev.portolan.load;

import dev.portolan.host.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One TCP connection of a reader, secure or not, that reads until a deadline and no longer.
 *
 * <p>The socket of a channel is used because a channel can be asked without waiting whether the server has closed it.
 */
final class Wire implements ByteStream {
    /** For a secure connection the question has to wait a little for an answer, so it is asked only after some idleness. */
    private static final Duration SECURE_IDLE = Duration.ofMillis(100);

    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;
    private volatile long deadlineNanos;
    private long lastUsedNanos = System.nanoTime();
    private long received;
    private boolean ended;

    private Wire(SocketChannel channel, Socket socket, long deadlineNanos) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.deadlineNanos = deadlineNanos;
        InputStream source = socket.getInputStream();
        this.input = new DeadlineInput(source);
        this.output = socket.getOutputStream();
    }

    /** Connects; one address, one try. */
    static Wire open(Reader reader, LoadSettings settings, long deadlineNanos) throws IOException {
        var target = new InetSocketAddress(address(reader), reader.port());
        SocketChannel channel = SocketChannel.open();
        try {
            if (reader.source().isPresent()) {
                channel.bind(new InetSocketAddress(reader.source().get(), 0));
            }
            channel.socket().setTcpNoDelay(true);
            channel.socket().connect(target, millisUntil(deadlineNanos));
            Socket socket = channel.socket();
            if (reader.secure()) {
                socket = secure(socket, reader, settings, deadlineNanos);
            }
            return new Wire(channel, socket, deadlineNanos);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static InetAddress address(Reader reader) throws IOException {
        String host = reader.uri().getHost();
        InetAddress[] all = InetAddress.getAllByName(host);
        if (reader.source().isEmpty()) {
            return all[0];
        }
        boolean old = reader.source().get() instanceof Inet4Address;
        for (InetAddress address : all) {
            if (address instanceof Inet4Address == old) {
                return address;
            }
        }
        throw new SocketException(
                host + " has no address that " + reader.source().get().getHostAddress() + " can reach");
    }

    private static Socket secure(Socket plain, Reader reader, LoadSettings settings, long deadlineNanos)
            throws IOException {
        plain.setSoTimeout(millisUntil(deadlineNanos));
        var factory = settings.tls().isPresent() ? settings.tls().get() : TlsDefault.FACTORY;
        var socket = (SSLSocket) factory.createSocket(plain, reader.uri().getHost(), reader.port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // sockets do not check the name by themselves
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Begins a request that ends at this time. */
    void use(long deadline) {
        deadlineNanos = deadline;
        received = 0;
    }

    /** Ends a request: from here on the connection is idle. */
    void rest() {
        lastUsedNanos = System.nanoTime();
    }

    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastUsedNanos);
    }

    /** Bytes received since the last {@link #use}. */
    long received() {
        return received;
    }

    /** Whether the server has closed it, or this side has. */
    boolean ended() {
        return ended || !channel.isOpen();
    }

    /** Waits until the server has closed it, for this long at most. */
    void awaitEnd(Duration atMost) {
        deadlineNanos = System.nanoTime() + atMost.toNanos();
        try {
            ended = input.read() < 0;
        } catch (IOException e) {
            ended = true; // what matters is only that nothing more comes
        }
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    /** Asks the socket: false also when bytes have come that nobody asked for. Only while no answer is awaited. */
    @Override
    public boolean isOpen() {
        if (ended()) {
            return false;
        }
        try {
            return !(socket instanceof SSLSocket) ? silent() : idle().compareTo(SECURE_IDLE) < 0 || secureSilent();
        } catch (IOException e) {
            ended = true;
            return false;
        }
    }

    private boolean silent() throws IOException {
        channel.configureBlocking(false);
        try {
            int count = channel.read(ByteBuffer.allocate(1));
            ended = count < 0;
            return count == 0;
        } finally {
            channel.configureBlocking(true);
        }
    }

    private boolean secureSilent() throws IOException {
        socket.setSoTimeout(1);
        try {
            ended = socket.getInputStream().read() < 0;
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    /** What goes wrong with a farewell is no failure of any request. */
    @Override
    public void close() {
        try (channel) {
            socket.close(); // a secure one takes its leave before
        } catch (IOException e) {
            ended = true;
        }
    }

    private static int millisUntil(long deadlineNanos) throws SocketTimeoutException {
        long nanos = deadlineNanos - System.nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException("the time is over");
        }
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
    }

    private final class DeadlineInput extends InputStream {
        private final InputStream source;

        DeadlineInput(InputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            socket.setSoTimeout(millisUntil(deadlineNanos));
            int count = source.read(target, offset, length);
            if (count > 0) {
                received += count;
            }
            return count;
        }
    }

    /** Loaded with the first secure connection: it reads all trusted certificates. */
    private static final class TlsDefault {
        static final SSLSocketFactory FACTORY = (SSLSocketFactory) SSLSocketFactory.getDefault();
    }
}
