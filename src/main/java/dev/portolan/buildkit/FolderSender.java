package dev.portolan.buildkit;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Sends a folder to BuildKit by the protocol of {@code fsutil}: first what there is, with a number for each; then the content
 * of what the other side asks for by its number, which is what it does not have from an earlier build.
 */
final class FolderSender implements StreamObserver<byte[]> {
    private static final int STAT = 0;
    private static final int REQUEST = 1;
    private static final int DATA = 2;
    private static final int FINISHED = 3;
    private static final int ERROR = 4;
    private static final int CHUNK_BYTES = 32 * 1024;

    private final List<SentFile> files;
    private final ServerCallStreamObserver<byte[]> target;
    private final BlockingQueue<Message> requests = new LinkedBlockingQueue<>();
    private final Object readiness = new Object();

    /** @param files sorted as {@link SentFolder#files()} says */
    FolderSender(List<SentFile> files, ServerCallStreamObserver<byte[]> target) {
        this.files = List.copyOf(files);
        this.target = target;
    }

    /** Begins to send, on a thread of its own: the callbacks of a call come one at a time, and must not wait. */
    void start() {
        target.setOnReadyHandler(this::wake);
        target.setOnCancelHandler(this::wake);
        Thread.ofVirtual().name("build files").start(this::run);
    }

    private void wake() {
        synchronized (readiness) {
            readiness.notifyAll();
        }
    }

    private void run() {
        try {
            for (SentFile file : files) {
                send(packet(STAT).message(2, file.stat()));
            }
            send(packet(STAT));
            Message request = requests.take();
            while (request.number(1) == REQUEST) {
                sendContent((int) request.number(3));
                request = requests.take();
            }
            if (request.number(1) == FINISHED) {
                send(packet(FINISHED));
                target.onCompleted();
            }
        } catch (IOException | InterruptedException broken) {
            fail(String.valueOf(broken.getMessage()));
        }
    }

    /** It fails the build with these words; a file that is left out in silence would be in no image. */
    private void fail(String words) {
        if (!target.isCancelled()) {
            target.onNext(packet(ERROR).bytes(4, ByteString.copyFromUtf8(words)).toBytes());
            target.onCompleted();
        }
    }

    private void sendContent(int number) throws IOException {
        try (InputStream input = files.get(number).open()) {
            byte[] buffer = new byte[CHUNK_BYTES];
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                send(packet(DATA).number(3, number).bytes(4, ByteString.copyFrom(buffer, 0, count)));
            }
        }
        send(packet(DATA).number(3, number));
    }

    private static MessageWriter packet(int type) {
        return new MessageWriter().number(1, type);
    }

    /** Waits until the other side takes more, so that no folder is ever in memory as a whole. */
    private void send(MessageWriter packet) throws IOException {
        synchronized (readiness) {
            while (!target.isReady() && !target.isCancelled()) {
                try {
                    readiness.wait();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted");
                }
            }
        }
        if (target.isCancelled()) {
            throw new IOException("the builder does not want the rest");
        }
        target.onNext(packet.toBytes());
    }

    @Override
    public void onNext(byte[] packet) {
        try {
            requests.add(Message.parse(packet));
        } catch (IOException malformed) {
            onError(malformed);
        }
    }

    @Override
    public void onError(Throwable failure) {
        requests.add(new Message(List.of(new Message.Field(1, ERROR, ByteString.EMPTY))));
    }

    @Override
    public void onCompleted() {
        requests.add(new Message(List.of(new Message.Field(1, ERROR, ByteString.EMPTY))));
    }
}
