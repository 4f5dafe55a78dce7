package dev.portolan.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** A port of this machine that leads to another one, with so many bytes a second from whoever connects, as an uplink has. */
final class SlowLink implements AutoCloseable {
    private static final int BLOCK = 16 << 10;

    private final ServerSocket server;
    private final int target;
    private final long bytesPerSecond;

    SlowLink(int target, long bytesPerSecond) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        this.bytesPerSecond = bytesPerSecond;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = server.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.ofVirtual().start(() -> copy(near, far, bytesPerSecond));
                Thread.ofVirtual().start(() -> copy(far, near, Long.MAX_VALUE));
            }
        } catch (IOException closed) {
            // the benchmark is over
        }
    }

    private static void copy(Socket from, Socket to, long bytesPerSecond) {
        try (from;
                to) {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            byte[] block = new byte[BLOCK];
            long free = System.nanoTime();
            for (int read = input.read(block); read >= 0; read = input.read(block)) {
                output.write(block, 0, read);
                free = Math.max(free, System.nanoTime())
                        + (long) (read * (double) Duration.ofSeconds(1).toNanos() / bytesPerSecond);
                long early = free - System.nanoTime();
                if (early > Duration.ofMillis(1).toNanos()) {
                    Thread.sleep(Duration.ofNanos(early));
                }
            }
        } catch (IOException closed) {
            // one side has ended the connection
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
