package dev.portolan.host.ssh;

import dev.portolan.host.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.client.channel.ClientChannel;

/** An open channel of an SSH connection. */
final class ChannelStream implements ByteStream {
    private final ClientChannel channel;

    /** @param channel open; closed with this stream */
    ChannelStream(ClientChannel channel) {
        this.channel = channel;
    }

    @Override
    public InputStream input() {
        return channel.getInvertedOut();
    }

    @Override
    public OutputStream output() {
        return channel.getInvertedIn();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen() && !channel.isEofSignalled();
    }

    @Override
    public void close() throws IOException {
        channel.close(true);
    }
}
