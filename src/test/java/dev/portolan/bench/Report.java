package dev.portolan.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Text for a person: headings, sentences and tables. */
final class Report {
    private final PrintStream output;

    Report(PrintStream output) {
        this.output = output;
    }

    void heading(String text) {
        output.printf("%n%s%n%s%n", text, "-".repeat(text.length()));
    }

    void say(String text) {
        output.println(text);
    }

    /** Says whether what was promised was kept. */
    void verdict(String promise, boolean kept) {
        output.println((kept ? "  within budget: " : "  OVER BUDGET:   ") + promise);
    }

    /** @param rows the first one has the names of the columns */
    void table(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < rows.getFirst().size(); column++) {
            int index = column;
            widths.add(
                    rows.stream().mapToInt(row -> row.get(index).length()).max().orElse(0));
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                String padding = " ".repeat(widths.get(column) - cell.length());
                line.append(column == 0 ? "  " + cell + padding : "  " + padding + cell);
            }
            output.println(line);
        }
    }
}
