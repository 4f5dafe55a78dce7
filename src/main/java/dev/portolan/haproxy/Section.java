package dev.portolan.haproxy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A section of HAProxy's configuration.
 *
 * @param title such as {@code backend shop.web}
 * @param lines without indentation
 */
public record Section(String title, List<String> lines) {

    public Section {
        lines = List.copyOf(lines);
    }

    /** The text of a configuration file. */
    public static String text(List<Section> sections) {
        return sections.stream().map(Section::text).collect(Collectors.joining("\n"));
    }

    private String text() {
        return title + "\n" + lines.stream().map(line -> "    " + line + "\n").collect(Collectors.joining());
    }
}
