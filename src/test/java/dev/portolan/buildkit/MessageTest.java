package dev.portolan.buildkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        byte[] bytes = new MessageWriter()
                .number(1, 1L << 31)
                .text(2, "ümläut")
                .bytes(3, ByteString.copyFromUtf8("x"))
                .texts(4, List.of("a", "b"))
                .message(5, new MessageWriter().number(1, 7))
                .map(6, Map.of("key", "value"))
                .toBytes();

        Message message = Message.parse(bytes);
        assertThat(message.number(1)).isEqualTo(1L << 31);
        assertThat(message.text(2)).isEqualTo("ümläut");
        assertThat(message.bytes(3).toStringUtf8()).isEqualTo("x");
        assertThat(message.fields().stream().filter(field -> field.number() == 4))
                .hasSize(2);
        assertThat(message.messages(5).getFirst().number(1)).isEqualTo(7);
        assertThat(message.messages(6).getFirst().text(2)).isEqualTo("value");
        assertThat(message.has(7)).isFalse();
        assertThat(message.text(7)).isEmpty();
    }

    @Test
    void whatIsEmptyTakesNoSpace() {
        assertThat(new MessageWriter().number(1, 0).text(2, "").toBytes()).isEmpty();
    }

    @Test
    void aMessageThatIsCutOffIsNoMessage() {
        byte[] whole = new MessageWriter().text(1, "abcdef").toBytes();

        assertThatThrownBy(() -> Message.parse(java.util.Arrays.copyOf(whole, 4)))
                .isInstanceOf(IOException.class);
    }
}
