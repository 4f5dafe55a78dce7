package dev.portolan.buildkit;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/** Carries what a build says to an SSH agent of this machine, and what the agent answers. */
final class AgentForward implements StreamObserver<byte[]> {
    private static final Metadata.Key<String> NAME =
            Metadata.Key.of("buildkit.ssh.id", Metadata.ASCII_STRING_MARSHALLER);
    private static final int CHUNK_BYTES = 32 * 1024;

    static final Context.Key<String> ID = Context.key("agent");

    /** Puts the agent's name where the call finds it. */
    static final ServerInterceptor READER = new ServerInterceptor() {
        @Override
        public <Q, A> io.grpc.ServerCall.Listener<Q> interceptCall(
                io.grpc.ServerCall<Q, A> call, Metadata head, io.grpc.ServerCallHandler<Q, A> next) {
            String name = Optional.ofNullable(head.get(NAME)).orElse("");
            return Contexts.interceptCall(Context.current().withValue(ID, name), call, head, next);
        }
    };

    private final SocketChannel agent;
    private final StreamObserver<byte[]> build;

    private AgentForward(SocketChannel agent, StreamObserver<byte[]> build) {
        this.agent = agent;
        this.build = build;
    }

    /** Connects, and begins to carry. */
    static AgentForward start(Path socket, StreamObserver<byte[]> build) throws IOException {
        AgentForward forward = new AgentForward(SocketChannel.open(UnixDomainSocketAddress.of(socket)), build);
        Thread.ofVirtual().name("ssh agent").start(forward::carryAnswers);
        return forward;
    }

    private void carryAnswers() {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
        try {
            while (agent.read(buffer) >= 0) {
                buffer.flip();
                build.onNext(new MessageWriter()
                        .bytes(1, ByteString.copyFrom(buffer))
                        .toBytes());
                buffer.clear();
            }
            build.onCompleted();
        } catch (IOException | RuntimeException broken) {
            close();
        }
    }

    @Override
    public void onNext(byte[] packet) {
        try {
            ByteBuffer data = Message.parse(packet).bytes(1).asReadOnlyByteBuffer();
            while (data.hasRemaining()) {
                agent.write(data);
            }
        } catch (IOException broken) {
            close();
            build.onError(
                    Status.UNAVAILABLE.withDescription(broken.getMessage()).asRuntimeException());
        }
    }

    @Override
    public void onError(Throwable failure) {
        close();
    }

    @Override
    public void onCompleted() {
        try {
            agent.shutdownOutput();
        } catch (IOException gone) {
            close();
        }
    }

    private void close() {
        try {
            agent.close();
        } catch (IOException closed) {
            // it is closed either way
        }
    }
}
