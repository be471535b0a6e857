package org.lanewise.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table as aligned plain text or as Markdown. Columns whose cells are all numbers are aligned to the right.
 */
public final class ConsoleTable {
    private static final Pattern NUMBER = Pattern
            .compile(
                    "[<>~±]?\\s*[-+]?[0-9][0-9\u202f.,]*(e[-+]?[0-9]+)?\\s*(%|ms|us|s|x|k/s|M/s|GB/s|GFLOP/s|years?|y)?");

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    private ConsoleTable(List<String> header) {
        this.header = header;
    }

    /**
     * A table without rows.
     *
     * @param header the columns' titles
     * @return the table
     */
    public static ConsoleTable of(String... header) {
        return new ConsoleTable(List.of(header));
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are columns; null is shown as a dash
     * @return this
     */
    public ConsoleTable row(Object... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + header.size() + " columns");
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) row.add(cell == null ? "–" : cell.toString().replaceAll("\\R", " "));
        rows.add(row);
        return this;
    }

    /**
     * The columns' titles.
     *
     * @return unmodifiable
     */
    public List<String> header() { return header; }

    /**
     * The rows as text.
     *
     * @return a copy
     */
    public List<List<String>> rows() { return List.copyOf(rows); }

    /**
     * Whether all cells of a column are numbers or missing.
     *
     * @param column its index
     * @return true if the column is to be aligned to the right
     */
    public boolean isNumeric(int column) {
        return !rows.isEmpty() && rows.stream().map(row -> row.get(column).strip())
                .allMatch(cell -> cell.isEmpty() || cell.equals("–") || NUMBER.matcher(cell).matches());
    }

    /**
     * Plain text: a header, a rule, the rows; two blanks between columns.
     *
     * @return lines, each with its line end
     */
    public String toText() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        appendText(text, header, widths);
        StringBuilder rule = new StringBuilder();
        for (int width : widths) rule.append("-".repeat(width)).append("  ");
        text.append(rule.toString().stripTrailing()).append('\n');
        rows.forEach(row -> appendText(text, row, widths));
        return text.toString();
    }

    private void appendText(StringBuilder text, List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) line.append(padded(row.get(c), widths[c], isNumeric(c))).append("  ");
        text.append(line.toString().stripTrailing()).append('\n');
    }

    /**
     * A Markdown table.
     *
     * @return lines, each with its line end
     */
    public String toMarkdown() {
        StringBuilder text = new StringBuilder();
        appendMarkdown(text, header);
        text.append('|');
        for (int c = 0; c < header.size(); c++) text.append(isNumeric(c) ? "---:|" : "---|");
        text.append('\n');
        rows.forEach(row -> appendMarkdown(text, row));
        return text.toString();
    }

    private static void appendMarkdown(StringBuilder text, List<String> row) {
        text.append('|');
        for (String cell : row) text.append(' ').append(cell.replace("\\", "\\\\").replace("|", "\\|")).append(" |");
        text.append('\n');
    }

    private int[] widths() {
        int[] widths = new int[header.size()];
        for (int c = 0; c < widths.length; c++) {
            widths[c] = length(header.get(c));
            for (List<String> row : rows) widths[c] = Math.max(widths[c], length(row.get(c)));
        }
        return widths;
    }

    private static String padded(String cell, int width, boolean right) {
        String blanks = " ".repeat(width - length(cell));
        return right ? blanks + cell : cell + blanks;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
