package dev.portolan.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentForwardTest {
    @TempDir
    Path folder = Path.of("");

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StreamObserver<byte[]> build = new StreamObserver<>() {
        @Override
        public void onNext(byte[] packet) {
            try {
                heard.add(Message.parse(packet).text(1));
            } catch (IOException malformed) {
                heard.add("malformed");
            }
        }

        @Override
        public void onError(Throwable failure) {
            heard.add("failed");
        }

        @Override
        public void onCompleted() {
            heard.add("the end");
        }
    };

    @Test
    void whatTheBuildSaysReachesTheAgentAndItsAnswerComesBack() throws Exception {
        Path socket = folder.resolve("agent");
        try (var agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.bind(UnixDomainSocketAddress.of(socket));
            AgentForward forward = AgentForward.start(socket, build);
            try (var connection = agent.accept()) {
                forward.onNext(new MessageWriter()
                        .bytes(1, ByteString.copyFromUtf8("ask"))
                        .toBytes());
                ByteBuffer asked = ByteBuffer.allocate(3);
                connection.read(asked);
                assertThat(new String(asked.array(), java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo("ask");
                connection.write(ByteBuffer.wrap("answer".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
                assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("answer");
                forward.onCompleted();
                assertThat(connection.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("the end");
        }
    }
}
