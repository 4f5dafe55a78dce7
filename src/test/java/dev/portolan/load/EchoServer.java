package dev.portolan.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A WebSocket server for {@link ScriptedServer} that does with each message what a test tells it. */
final class EchoServer implements ScriptedServer.Script {
    private final Messages messages;
    private final AtomicInteger number = new AtomicInteger();

    interface Messages {
        /** @param number of the message, from 0 over all connections */
        void message(String text, int number, Socket socket) throws IOException, InterruptedException;
    }

    EchoServer(Messages messages) {
        this.messages = messages;
    }

    static void send(Socket socket, String text) throws IOException {
        Frames.write(socket.getOutputStream(), Frames.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Closes a WebSocket as a server does that goes away. */
    static void close(Socket socket) throws IOException {
        Frames.write(socket.getOutputStream(), Frames.CLOSE, new byte[] {0x03, (byte) 0xe9});
        socket.close();
    }

    @Override
    public void play(ScriptedServer.Request request) throws IOException, InterruptedException {
        String accept = EchoConnection.accept(request.headers().getOrDefault("sec-websocket-key", ""));
        request.answer("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "X-Release: v1\r\nX-Region: sydney\r\nSec-WebSocket-Accept: " + accept + "\r\n\r\n");
        var input = request.socket().getInputStream();
        var message = new ByteArrayOutputStream();
        while (!request.socket().isClosed()) {
            Frames.Frame frame = Frames.read(input);
            if (frame.code() == Frames.CLOSE) {
                Frames.write(request.socket().getOutputStream(), Frames.CLOSE, frame.payload());
                request.socket().close();
            } else if (frame.code() == Frames.TEXT || frame.code() == Frames.CONTINUATION) {
                message.writeBytes(frame.payload());
                if (frame.last()) {
                    String text = message.toString(StandardCharsets.UTF_8);
                    message.reset();
                    messages.message(text, number.getAndIncrement(), request.socket());
                }
            }
        }
    }
}
