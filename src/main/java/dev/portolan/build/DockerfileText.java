package dev.portolan.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a Dockerfile that may have stages in front of its own ones.
 *
 * @param added how many lines stand in front of the first stage that are not the person's
 * @param addedAt the line, from 1, of the first of them
 */
public record DockerfileText(String text, int added, int addedAt) {
    private static final Pattern FIRST_STAGE = Pattern.compile("(?im)^[ \\t]*FROM[ \\t]");
    private static final Pattern NUMBERED_STAGE = Pattern.compile("((?:--|[\\s,=])from=)([0-9]+)(?=[\\s,]|$)");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*\\}|\\$\\w+");
    private static final Pattern VARIABLE_AT_END = Pattern.compile("(\\$\\{[^}]*\\}|\\$\\w+)$");

    /** What a stage may be called. */
    public static final Pattern STAGE_NAME = Pattern.compile("[a-z][a-z0-9-_.]*");

    public static DockerfileText of(String text) {
        return new DockerfileText(text, 0, 0);
    }

    /**
     * Makes images known by names: to {@code FROM}, {@code COPY --from} and {@code RUN --mount=from}. Every builder knows stages,
     * while only newer ones know names from elsewhere. A stage that is used by its number has another one then, and is used by
     * that.
     *
     * @param images by the name that the Dockerfile has for them
     */
    public DockerfileText withStages(Map<String, String> images) {
        Matcher first = FIRST_STAGE.matcher(text);
        if (images.isEmpty() || !first.find()) {
            return this;
        }
        SortedMap<String, String> sorted = new TreeMap<>(images);
        List<String> stages = new ArrayList<>();
        sorted.forEach((name, image) -> stages.add("FROM " + image + " AS " + name + "\n"));
        String before = text.substring(0, first.start());
        String after = NUMBERED_STAGE
                .matcher(text.substring(first.start()))
                .replaceAll(found -> found.group(1) + (Integer.parseInt(found.group(2)) + stages.size()));
        return new DockerfileText(
                before + String.join("", stages) + after,
                stages.size(),
                (int) before.chars().filter(letter -> letter == '\n').count() + 1);
    }

    /** @param target a stage by its name or number, as it is known without the added ones */
    public String target(String target) {
        return added > 0 && target.chars().allMatch(Character::isDigit)
                ? String.valueOf(Integer.parseInt(target) + added)
                : target;
    }

    /**
     * Where an instruction is, for builders that only say which it was.
     *
     * @param instruction such as {@code RUN make}, whatever spaces and broken lines it is written with
     * @return the line, from 1, of the first that reads so
     */
    public OptionalInt lineOf(String instruction) {
        String wanted = inOneLine(instruction);
        List<String> lines = text.lines().toList();
        for (int start = 0; start < lines.size(); start++) {
            StringBuilder whole = new StringBuilder();
            int end = start;
            while (end < lines.size() && lines.get(end).endsWith("\\")) {
                whole.append(lines.get(end), 0, lines.get(end).length() - 1).append(' ');
                end++;
            }
            whole.append(end < lines.size() ? lines.get(end) : "");
            if (pattern(inOneLine(whole.toString())).matcher(wanted).matches()) {
                return OptionalInt.of(start + 1);
            }
        }
        return OptionalInt.empty();
    }

    /** Builders say some instructions with the values of their variables. */
    private static Pattern pattern(String instruction) {
        return Pattern.compile(
                VARIABLE.splitAsStream(instruction).map(Pattern::quote).collect(Collectors.joining(".*"))
                        + (VARIABLE_AT_END.matcher(instruction).find() ? ".*" : ""));
    }

    private static String inOneLine(String instruction) {
        return instruction.replaceAll("\\s+", " ").strip();
    }

    /** A line of this text, as the person's file numbers it. */
    public int originalLine(int line) {
        return line < addedAt ? line : Math.max(1, line - added);
    }
}
