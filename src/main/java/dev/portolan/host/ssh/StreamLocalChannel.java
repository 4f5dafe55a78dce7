package dev.portolan.host.ssh;

import java.io.IOException;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.channel.ChannelPipedInputStream;
import org.apache.sshd.common.channel.ChannelPipedOutputStream;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * A connection to a Unix socket of the host: {@code direct-streamlocal@openssh.com}, as OpenSSH's file PROTOCOL, section 2.4,
 * describes it.
 */
final class StreamLocalChannel extends AbstractClientChannel {
    private static final String TYPE = "direct-streamlocal@openssh.com";
    private static final int HEAD_BYTES = 64;

    private final String socket;

    StreamLocalChannel(String socket) {
        super(TYPE);
        this.socket = socket;
    }

    @Override
    public synchronized OpenFuture open() throws IOException {
        if (closeFuture.isClosed()) {
            throw new SshException("the channel is closed");
        }
        openFuture = new DefaultOpenFuture(socket, futureLock);
        Buffer request = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN, HEAD_BYTES + socket.length());
        request.putString(getChannelType());
        request.putUInt(getChannelId());
        request.putUInt(getLocalWindow().getSize());
        request.putUInt(getLocalWindow().getPacketSize());
        request.putString(socket);
        request.putString(""); // reserved
        request.putUInt(0); // reserved
        writePacket(request);
        return openFuture;
    }

    @Override
    protected void doOpen() throws IOException {
        invertedIn = new ChannelOutputStream(this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true);
        ChannelPipedInputStream received = new ChannelPipedInputStream(this, getLocalWindow());
        out = new ChannelPipedOutputStream(received);
        invertedOut = received;
    }

    /** The library does not tell readers of it. */
    @Override
    public void handleEof() throws IOException {
        super.handleEof();
        out.close();
    }
}
