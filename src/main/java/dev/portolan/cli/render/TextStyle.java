package dev.portolan.cli.render;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/** How text is written: with colours or without, in Unicode or ASCII, and in which time zone. */
public record TextStyle(boolean colours, boolean unicode, Supplier<ZoneId> zone) {
    private static final String END = "\u001b[0m";

    String good(String text) {
        return coloured("32", text);
    }

    String bad(String text) {
        return coloured("31", text);
    }

    String doubtful(String text) {
        return coloured("33", text);
    }

    String faint(String text) {
        return coloured("2", text);
    }

    String strong(String text) {
        return coloured("1", text);
    }

    /** One of six, the same for the same number. */
    String tinted(int number, String text) {
        return coloured("3" + (1 + Math.floorMod(number, 6)), text);
    }

    String tick() {
        return good(unicode ? "✔" : "+");
    }

    String cross() {
        return bad(unicode ? "✘" : "x");
    }

    String dot() {
        return faint(unicode ? "·" : ".");
    }

    String mark() {
        return doubtful("!");
    }

    /** @param frame counts up */
    String spinner(long frame) {
        String frames = unicode ? "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏" : "|/-\\";
        int index = (int) Math.floorMod(frame, (long) frames.length());
        return frames.substring(index, index + 1);
    }

    String ellipsis() {
        return unicode ? "…" : "~";
    }

    public String dateAndTime(Instant instant) {
        return Formats.DATE_AND_TIME.format(instant.atZone(zone.get()));
    }

    public String time(Instant instant) {
        return Formats.TIME.format(instant.atZone(zone.get()));
    }

    private String coloured(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + END : text;
    }

    /** Made when the first time is written, since that takes longer than some commands do. */
    private static final class Formats {
        private static final DateTimeFormatter DATE_AND_TIME =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

        private Formats() {}
    }
}
