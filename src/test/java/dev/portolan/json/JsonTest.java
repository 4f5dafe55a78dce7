package dev.portolan.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonTest {

    private record Name(String value) {}

    private enum Colour {
        DARK_RED,
        BLUE
    }

    private sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record LongLine(Name name, Optional<Shape> next) implements Shape {}

        record Point() implements Shape {}
    }

    private record All(
            String text,
            boolean truth,
            int small,
            long large,
            double real,
            Colour colour,
            Duration duration,
            Instant instant,
            Name name,
            Shape shape,
            Optional<List<String>> present,
            Optional<Shape> absent,
            Set<Colour> set,
            Map<Integer, Shape> byNumber,
            Map<String, List<Integer>> byText) {}

    private static final All ALL = new All(
            "a \"quoted\"\nline, \u00e9 and \ud83d\udea2",
            true,
            -3,
            Long.MAX_VALUE,
            0.1,
            Colour.DARK_RED,
            Duration.ofMillis(1_500),
            Instant.parse("2026-11-24T12:00:00.123456789Z"),
            new Name("n"),
            new Shape.LongLine(new Name("m"), Optional.of(new Shape.Circle(2))),
            Optional.of(List.of("x", "y")),
            Optional.empty(),
            Set.of(Colour.DARK_RED),
            Map.of(10, new Shape.Point(), 2, new Shape.Circle(1)),
            Map.of("b", List.of(1, 2), "a", List.of()));

    @Test
    void aRecordIsReadAsItWasWritten() throws MalformedJson {
        assertThat(Json.read(Json.write(ALL), All.class)).isEqualTo(ALL);
    }

    @Test
    void theTextIsAlwaysTheSame() {
        assertThat(Json.write(ALL))
                .isEqualTo(
                        "{\"text\":\"a \\\"quoted\\\"\\nline, \\u00E9 and \\uD83D\\uDEA2\",\"truth\":true,\"small\":-3,"
                                + "\"large\":9223372036854775807,\"real\":0.1,\"colour\":\"DARK_RED\",\"duration\":\"PT1.5S\","
                                + "\"instant\":\"2026-11-24T12:00:00.123456789Z\",\"name\":\"n\","
                                + "\"shape\":{\"type\":\"long-line\",\"name\":\"m\",\"next\":{\"type\":\"circle\",\"radius\":2.0}},"
                                + "\"present\":[\"x\",\"y\"],\"absent\":null,\"set\":[\"DARK_RED\"],"
                                + "\"byNumber\":{\"2\":{\"type\":\"circle\",\"radius\":1.0},\"10\":{\"type\":\"point\"}},"
                                + "\"byText\":{\"a\":[],\"b\":[1,2]}}");
    }

    @Test
    void oneOfASealedInterfaceIsReadAsItsKind() throws MalformedJson {
        Shape circle = new Shape.Circle(3);

        assertThat(Json.read(Json.write(circle, Shape.class), Shape.class)).isEqualTo(circle);
    }

    private record Later(
            Optional<String> some, List<String> list, Map<String, String> map, Set<String> set, int count) {}

    @Test
    void whatAnOlderPortolanDidNotWriteIsEmpty() throws MalformedJson {
        assertThat(Json.read("{}", Later.class))
                .isEqualTo(new Later(Optional.empty(), List.of(), Map.of(), Set.of(), 0));
    }

    /** An exposed port was a number once. */
    @Test
    void aNumberWhereATextIsExpectedIsThatText() throws MalformedJson {
        assertThat(Json.read("{\"list\":[3000,\"53/udp\"]}", Later.class).list())
                .containsExactly("3000", "53/udp");
    }

    @Test
    void whatNoComponentIsCalledIsPassedOver() throws MalformedJson {
        assertThat(Json.read("{\"more\":{\"a\":[1]},\"count\":7,\"last\":null}", Later.class)
                        .count())
                .isEqualTo(7);
    }

    @Test
    void whatIsNotSuchAValueIsRefusedWithTheReason() {
        assertThatThrownBy(() -> Json.read("{\"radius\":1}", Shape.class)).hasMessageContaining("type");
        assertThatThrownBy(() -> Json.read("{\"type\":\"square\"}", Shape.class))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("'square'");
        assertThatThrownBy(() -> Json.read("{\"type\":\"long-line\"}", Shape.class))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("'name'");
        for (String text : List.of(
                "",
                " ",
                "{",
                "[]",
                "7",
                "null",
                "{\"count\":\"7\"}",
                "{\"list\":7}",
                "{\"list\":[null]}",
                "{\"count\":99999999999}",
                "{} {}",
                "\0\0")) {
            assertThatThrownBy(() -> Json.read(text, Later.class)).as(text).isInstanceOf(MalformedJson.class);
        }
    }
}
