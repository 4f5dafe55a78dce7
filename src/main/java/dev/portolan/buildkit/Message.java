package dev.portolan.buildkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A Protocol Buffers message that has been read. Fields are known by their number; one that is not there is empty or 0. */
record Message(List<Field> fields) {

    /** @param value of a number; otherwise the content counts */
    record Field(int number, long value, ByteString content) {}

    Message {
        fields = List.copyOf(fields);
    }

    static Message parse(byte[] bytes) throws IOException {
        return parse(CodedInputStream.newInstance(bytes));
    }

    private static Message parse(CodedInputStream input) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_VARINT ->
                    fields.add(new Field(number, input.readRawVarint64(), ByteString.EMPTY));
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> fields.add(new Field(number, 0, input.readBytes()));
                default -> input.skipField(tag);
            }
        }
        return new Message(fields);
    }

    long number(int field) {
        return fields.stream()
                .filter(found -> found.number() == field)
                .mapToLong(Field::value)
                .reduce(0, (before, last) -> last);
    }

    ByteString bytes(int field) {
        return fields.stream()
                .filter(found -> found.number() == field)
                .map(Field::content)
                .reduce(ByteString.EMPTY, (before, last) -> last);
    }

    String text(int field) {
        return bytes(field).toStringUtf8();
    }

    boolean has(int field) {
        return fields.stream().anyMatch(found -> found.number() == field);
    }

    /** Every value of a repeated field. */
    List<Message> messages(int field) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (Field found : fields) {
            if (found.number() == field) {
                messages.add(parse(found.content().newCodedInput()));
            }
        }
        return messages;
    }
}
