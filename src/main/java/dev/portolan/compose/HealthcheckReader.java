package dev.portolan.compose;

import dev.portolan.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A service's {@code healthcheck}. */
final class HealthcheckReader {
    private static final Set<String> STARTS = Set.of("NONE", "CMD", "CMD-SHELL");

    private HealthcheckReader() {}

    static Healthcheck read(Section section) {
        return new Healthcheck(
                section.truth("disable", false) ? List.of("NONE") : test(section),
                section.duration("interval"),
                section.duration("timeout"),
                section.whole("retries", 0, Integer.MAX_VALUE),
                section.duration("start_period"),
                section.location());
    }

    private static List<String> test(Section section) {
        if (section.mapping().value("test").orElse(section.mapping()) instanceof Scalar) {
            List<String> test = new ArrayList<>();
            section.text("test").ifPresent(line -> test.addAll(List.of("CMD-SHELL", line)));
            return test;
        }
        List<String> test = section.texts("test");
        if (!test.isEmpty() && !STARTS.contains(test.getFirst())) {
            section.problems()
                    .error(
                            section.location("test"),
                            section.path().child("test"),
                            "a test that is a list must begin with NONE, CMD or CMD-SHELL, not \"" + test.getFirst()
                                    + "\"",
                            "write [\"CMD\", \"" + test.getFirst() + "\", ...]");
        }
        return test;
    }
}
