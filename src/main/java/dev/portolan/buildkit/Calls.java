package dev.portolan.buildkit;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Methods of gRPC whose messages are bytes, written and read by {@link MessageWriter} and {@link Message}. */
final class Calls {
    private Calls() {}

    static MethodDescriptor<byte[], byte[]> method(MethodType type, String service, String name) {
        return MethodDescriptor.newBuilder(Bytes.ONLY, Bytes.ONLY)
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
                .build();
    }

    private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
        ONLY;

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
