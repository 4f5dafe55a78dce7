package dev.portolan.proxy.haproxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** One open WebSocket (RFC 6455), with a mask of zeros. */
final class WebSocketReader implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream input;

    WebSocketReader(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(5_000);
        input = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("""
                        GET /echo HTTP/1.1\r
                        Host: here\r
                        Upgrade: websocket\r
                        Connection: Upgrade\r
                        Sec-WebSocket-Version: 13\r
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                        \r
                        """.getBytes(UTF_8));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) input.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + head);
        }
    }

    String echo(String message) throws IOException {
        byte[] text = message.getBytes(UTF_8);
        byte[] frame = new byte[6 + text.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | text.length);
        System.arraycopy(text, 0, frame, 6, text.length);
        socket.getOutputStream().write(frame);
        input.readUnsignedByte();
        return new String(input.readNBytes(input.readUnsignedByte()), UTF_8);
    }

    /** Waits for the end of the connection. */
    boolean closed() throws IOException {
        try {
            return input.read() < 0;
        } catch (java.net.SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
