package dev.portolan.buildkit;

import static io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING;
import static io.grpc.MethodDescriptor.MethodType.UNARY;

import io.grpc.CallOptions;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The BuildKit of an engine. */
public final class BuildKit {
    private static final String CONTROL = "moby.buildkit.v1.Control";
    private static final MethodDescriptor<byte[], byte[]> SOLVE = Calls.method(UNARY, CONTROL, "Solve");
    private static final MethodDescriptor<byte[], byte[]> STATUS = Calls.method(SERVER_STREAMING, CONTROL, "Status");
    private static final int MOST_MESSAGE_BYTES = 64 * 1024 * 1024;
    private static final long LAST_WORDS_SECONDS = 5;

    /** What the library does at the same time. It goes on for a moment after a build, so nobody shuts it down. */
    static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    /** What the library would log of a connection that breaks is thrown as well, and said once, in our words. */
    private static final Logger LIBRARY = Logger.getLogger("io.grpc");

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    private final Connector connector;

    public BuildKit(Connector connector) {
        this.connector = connector;
    }

    /**
     * Builds, and comes back when the image is in the engine.
     *
     * @param sharedKey names the folders: of those of an earlier build with the same key only what changed is sent
     * @param lines of progress, for a person
     * @throws BuildFailure when BuildKit says that it failed
     * @throws IOException when the engine cannot be spoken with; an interrupt ends the build
     */
    public void build(Solve solve, String sharedKey, BuildAccess access, Consumer<String> lines) throws IOException {
        BuildProgress progress = new BuildProgress(lines);
        try (Session session = Session.open(connector, sharedKey, access)) {
            ManagedChannel channel = channel();
            try {
                String reference = UUID.randomUUID().toString();
                CountDownLatch told = new CountDownLatch(1);
                ClientCalls.asyncServerStreamingCall(
                        channel.newCall(STATUS, CallOptions.DEFAULT),
                        new MessageWriter().text(1, reference).toBytes(),
                        new Listener(progress, told));
                solve(channel, solve.message(reference, session.id()), progress, told);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private ManagedChannel channel() {
        return OkHttpChannelBuilder.forAddress("127.0.0.1", 1, InsecureChannelCredentials.create())
                .overrideAuthority("localhost")
                .socketFactory(new DialedSockets(connector, "/grpc"))
                .proxyDetector(address -> null)
                .maxInboundMessageSize(MOST_MESSAGE_BYTES)
                .executor(THREADS)
                .transportExecutor(THREADS)
                .disableRetry()
                .build();
    }

    private static void solve(ManagedChannel channel, byte[] request, BuildProgress progress, CountDownLatch told)
            throws IOException {
        try {
            ClientCalls.blockingUnaryCall(channel, SOLVE, CallOptions.DEFAULT, request);
            awaitLastWords(told);
        } catch (StatusRuntimeException failed) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
            awaitLastWords(told);
            if (failed.getStatus().getCode() == Status.Code.UNAVAILABLE) {
                throw new IOException(FailedCall.words(failed), failed);
            }
            throw new BuildFailure(
                    FailedCall.words(failed),
                    progress.failedStep().orElse(""),
                    FailedCall.line(failed),
                    progress.failedOutput(),
                    failed);
        }
    }

    /** The build ends a moment before all has been told of it. */
    private static void awaitLastWords(CountDownLatch told) throws ClosedByInterruptException {
        try {
            if (!told.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                told.countDown(); // the build has ended, whatever else would have been said of it
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
    }

    /** Progress is for a person only: a stream of it that breaks breaks nothing else. */
    private record Listener(BuildProgress progress, CountDownLatch told) implements StreamObserver<byte[]> {

        @Override
        public void onNext(byte[] update) {
            try {
                progress.accept(Message.parse(update));
            } catch (IOException malformed) {
                told.countDown();
            }
        }

        @Override
        public void onError(Throwable failure) {
            told.countDown();
        }

        @Override
        public void onCompleted() {
            told.countDown();
        }
    }
}
