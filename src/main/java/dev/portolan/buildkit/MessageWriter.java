package dev.portolan.buildkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Writes a Protocol Buffers message. What is empty or 0 is left out, which is how it is read again. */
final class MessageWriter {
    private final ByteString.Output target = ByteString.newOutput();
    private final CodedOutputStream output = CodedOutputStream.newInstance(target);

    private interface Writing {
        void write(CodedOutputStream output) throws IOException;
    }

    MessageWriter number(int field, long value) {
        return value == 0 ? this : write(out -> out.writeInt64(field, value));
    }

    MessageWriter text(int field, String value) {
        return value.isEmpty() ? this : write(out -> out.writeString(field, value));
    }

    MessageWriter bytes(int field, ByteString value) {
        return value.isEmpty() ? this : write(out -> out.writeBytes(field, value));
    }

    MessageWriter texts(int field, List<String> values) {
        values.forEach(value -> write(out -> out.writeString(field, value)));
        return this;
    }

    MessageWriter message(int field, MessageWriter value) {
        ByteString content = value.finished();
        return write(out -> out.writeBytes(field, content));
    }

    MessageWriter map(int field, Map<String, String> values) {
        values.forEach(
                (key, value) -> message(field, new MessageWriter().text(1, key).text(2, value)));
        return this;
    }

    byte[] toBytes() {
        return finished().toByteArray();
    }

    private MessageWriter write(Writing writing) {
        try {
            writing.write(output);
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it is memory that is written to
        }
    }

    private ByteString finished() {
        write(CodedOutputStream::flush);
        return target.toByteString();
    }
}
