package dev.portolan.cli.render;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell. Pure. */
public final class Table {
    private final List<List<Cell>> rows = new ArrayList<>();

    /** @param shown with its colours, which take no room */
    record Cell(String text, String shown) {
        static Cell of(String text) {
            return new Cell(text, text);
        }
    }

    public Table row(String... cells) {
        return row(java.util.Arrays.stream(cells).map(Cell::of).toList());
    }

    Table row(List<Cell> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /** @param indent before each line */
    public List<String> lines(String indent) {
        return rows.stream().map(row -> line(indent, row)).toList();
    }

    private String line(String indent, List<Cell> row) {
        StringBuilder line = new StringBuilder(indent);
        int blanks = 0;
        for (int column = 0; column < row.size(); column++) {
            Cell cell = row.get(column);
            if (!cell.text().isEmpty()) {
                line.repeat(' ', blanks).append(cell.shown());
                blanks = 0;
            }
            blanks += width(column) - cell.text().length() + 2;
        }
        return line.toString();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).text().length())
                .max()
                .orElse(0);
    }
}
