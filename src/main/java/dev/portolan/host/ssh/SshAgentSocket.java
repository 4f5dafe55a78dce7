package dev.portolan.host.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** An agent that listens on a Unix socket: each message is its length in four bytes, and that (draft-miller-ssh-agent, section 3). */
final class SshAgentSocket extends AbstractAgentProxy {
    private static final int LONGEST_MESSAGE = 1 << 20;

    private final SocketChannel socket;
    private final Predicate<PublicKey> offered;

    /** @param offered which of its keys may be used */
    SshAgentSocket(String path, Predicate<PublicKey> offered) throws IOException {
        super(null);
        this.offered = offered;
        this.socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException nobody) {
            socket.close();
            throw nobody;
        }
    }

    @Override
    public Iterable<? extends Map.Entry<PublicKey, String>> getIdentities() throws IOException {
        List<Map.Entry<PublicKey, String>> keys = new ArrayList<>();
        super.getIdentities().forEach(key -> {
            if (offered.test(key.getKey())) {
                keys.add(key);
            }
        });
        return keys;
    }

    @Override
    protected synchronized Buffer request(Buffer buffer) throws IOException {
        ByteBuffer request = ByteBuffer.wrap(buffer.array(), buffer.rpos(), buffer.available());
        while (request.hasRemaining()) {
            socket.write(request);
        }
        int length = read(Integer.BYTES).getInt();
        if (length < 0 || length > LONGEST_MESSAGE) {
            throw new IOException("the SSH agent says something of " + length + " bytes");
        }
        return new ByteArrayBuffer(read(length).array());
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (socket.read(bytes) < 0) {
                throw new EOFException("the SSH agent has ended");
            }
        }
        return bytes.flip();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        super.close();
    }
}
