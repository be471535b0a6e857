package org.lanewise.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.lanewise.cli.terminal.ConsoleTable;

/**
 * A report as one HTML page that needs nothing else: style and figures are inside, there are no scripts and no links to
 * other servers. Follows the reader's light or dark mode, and prints. All text is escaped.
 *
 * {@snippet :
 * String page = HtmlReport.titled("Biological age", "Evaluation on 1,500 held-out people")
 *         .tiles(new Tile("MAE", "5.5", "years", "guessing the median: 7.3"))
 *         .section("Age").figures(new Figure(Charts.predictedAgainstObserved(age, predicted, "age (years)",
 *                 "predicted (years)"), "Every point is a person."))
 *         .table("Against simpler models", table).note("Ages 40 to 70.").provenance(facts).toHtml();
 * }
 */
public final class HtmlReport {
    private final String title;
    private final StringBuilder body = new StringBuilder();
    private String provenance = "";
    private boolean inSection;
    private int figures;
    private int tables;

    private HtmlReport(String title, String subtitle) {
        this.title = title;
        body.append("<header><h1>").append(Html.escape(title)).append("</h1>");
        if (!subtitle.isEmpty()) body.append("<p class=\"subtitle\">").append(Html.escape(subtitle)).append("</p>");
        body.append("</header>\n");
    }

    /**
     * A key figure.
     *
     * @param name   what it is
     * @param value  the number
     * @param unit   its unit; may be empty
     * @param remark what to compare it with; may be empty
     */
    public record Tile(String name, String value, String unit, String remark) {}

    /**
     * A figure with its caption.
     *
     * @param svg     an {@code <svg>} element, as {@link Charts}, {@link Plot} and {@link BarChart} make it
     * @param caption says what is to be seen
     */
    public record Figure(String svg, String caption) {}

    /**
     * A report with nothing but its heading.
     *
     * @param title    of the page
     * @param subtitle what, on which data; may be empty
     * @return the report
     */
    public static HtmlReport titled(String title, String subtitle) {
        return new HtmlReport(title, subtitle);
    }

    /**
     * Adds a row of key figures.
     *
     * @param tiles three to six look best
     * @return this
     */
    public HtmlReport tiles(Tile... tiles) {
        body.append("<div class=\"tiles\">");
        for (Tile tile : tiles) {
            body.append("<div class=\"tile\"><div class=\"name\">").append(Html.escape(tile.name))
                    .append("</div><div class=\"value\">").append(Html.escape(tile.value));
            if (!tile.unit.isEmpty())
                body.append(" <span class=\"unit\">").append(Html.escape(tile.unit)).append("</span>");
            body.append("</div><div class=\"remark\">").append(Html.escape(tile.remark)).append("</div></div>");
        }
        body.append("</div>\n");
        return this;
    }

    /**
     * Begins a section.
     *
     * @param heading its heading
     * @return this
     */
    public HtmlReport section(String heading) {
        if (inSection) body.append("</section>\n");
        inSection = true;
        body.append("<section><h2>").append(Html.escape(heading)).append("</h2>\n");
        return this;
    }

    /**
     * Adds a paragraph.
     *
     * @param text plain text
     * @return this
     */
    public HtmlReport paragraph(String text) {
        body.append("<p>").append(Html.escape(text)).append("</p>\n");
        return this;
    }

    /**
     * Adds a remark that the reader should not miss.
     *
     * @param text plain text
     * @return this
     */
    public HtmlReport note(String text) {
        body.append("<p class=\"note\">").append(Html.escape(text)).append("</p>\n");
        return this;
    }

    /**
     * Adds figures side by side, as far as there is room.
     *
     * @param row one or more
     * @return this
     */
    public HtmlReport figures(Figure... row) {
        body.append(row.length == 1 ? "<div class=\"figures single\">" : "<div class=\"figures\">");
        for (Figure figure : row) {
            if (!figure.svg.startsWith("<svg "))
                throw new IllegalArgumentException("a figure must be an <svg> element");
            body.append("<figure>").append(figure.svg).append("<figcaption><b>Figure ").append(++figures)
                    .append(".</b> ")
                    .append(Html.escape(figure.caption)).append("</figcaption></figure>");
        }
        body.append("</div>\n");
        return this;
    }

    /**
     * Adds a table.
     *
     * @param caption what it shows
     * @param table   its cells; columns of numbers are aligned to the right
     * @return this
     */
    public HtmlReport table(String caption, ConsoleTable table) {
        body.append("<div class=\"scroll\"><table><caption><b>Table ").append(++tables).append(".</b> ")
                .append(Html.escape(caption)).append("</caption><thead>");
        row("th", table.header(), table);
        body.append("</thead><tbody>");
        for (List<String> cells : table.rows()) row("td", cells, table);
        body.append("</tbody></table></div>\n");
        return this;
    }

    private void row(String element, List<String> cells, ConsoleTable table) {
        body.append("<tr>");
        for (int c = 0; c < cells.size(); c++) {
            body.append('<').append(element).append(table.isNumeric(c) ? " class=\"number\">" : ">")
                    .append(Html.escape(cells.get(c))).append("</").append(element).append('>');
        }
        body.append("</tr>");
    }

    /**
     * Says at the foot of the page what the results were made with.
     *
     * @param facts by name, such as version, seed and data
     * @return this
     */
    public HtmlReport provenance(Map<String, ?> facts) {
        StringBuilder list = new StringBuilder("<footer><h2>How this was made</h2><dl>");
        facts.forEach((name, value) -> list.append("<div><dt>").append(Html.escape(name)).append("</dt><dd>")
                .append(Html.escape(String.valueOf(value))).append("</dd></div>"));
        provenance = list.append("</dl></footer>\n").toString();
        return this;
    }

    /**
     * The finished page.
     *
     * @return HTML, UTF-8
     */
    public String toHtml() {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
                + "<meta name=\"color-scheme\" content=\"light dark\"><title>" + Html.escape(title)
                + "</title>\n<style>\n"
                + style() + "</style></head>\n<body><main>\n" + body + (inSection ? "</section>\n" : "") + provenance
                + "</main></body></html>\n";
    }

    private static String style() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
