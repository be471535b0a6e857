package org.lanewise.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.lanewise.cli.terminal.ConsoleTable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final String NASTY = "<script>alert('1')</script> & \"quoted\" \u0000\u001b";
    private static final String SAFE = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;quoted&quot; ";

    private static String nastyPage() {
        return HtmlReport.titled(NASTY, NASTY).tiles(new HtmlReport.Tile(NASTY, NASTY, NASTY, NASTY)).section(NASTY)
                .paragraph(NASTY).note(NASTY).table(NASTY, ConsoleTable.of(NASTY).row(NASTY))
                .figures(new HtmlReport.Figure(Plot.of(NASTY, NASTY).rule(0, 1, NASTY, NASTY).toSvg(), NASTY),
                        new HtmlReport.Figure(BarChart.of(NASTY).bar(NASTY, 1).toSvg(), NASTY))
                .provenance(Map.of(NASTY, NASTY)).toHtml();
    }

    @Test
    void everyTextIsEscaped() {
        String page = nastyPage();
        assertThat(page).doesNotContain("<script").doesNotContain("\u0000").doesNotContain("\u001b");
        int found = 0;
        for (int at = page.indexOf(SAFE); at >= 0; at = page.indexOf(SAFE, at + 1)) found++;
        assertThat(found).isGreaterThan(18);
    }

    @Test
    void thePageNeedsNothingElse() {
        String page = nastyPage();
        assertThat(page).doesNotContain("http:").doesNotContain("https:").doesNotContain("src=")
                .doesNotContain("@import")
                .doesNotContain("url(//").contains("default-src 'none'").contains("prefers-color-scheme: dark")
                .contains("@media print");
    }

    @Test
    void tagsAreBalanced() throws Exception {
        String page = nastyPage();
        assertThat(xml(page.substring(page.indexOf("<main>"), page.indexOf("</body>"))).getElementsByTagName("section")
                .getLength())
                .isEqualTo(1);
    }

    @Test
    void figuresMustBeDrawings() {
        HtmlReport report = HtmlReport.titled("a", "");
        assertThatThrownBy(() -> report.figures(new HtmlReport.Figure("<img>", "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void chartsAreWellFormedAlsoForEmptyAndOddData() throws Exception {
        double[] none = {};
        double[] odd = {1, Double.NaN, Double.POSITIVE_INFINITY, -3};
        double[] same = {2, 2, 2, 2};
        Map<String, double[]> curves = new LinkedHashMap<>();
        curves.put("training", new double[] {1000, 10, 1});
        curves.put("validation", new double[] {Double.NaN, 20, 2});
        for (String svg : List.of(Charts.histogram(none, "a"), Charts.histogram(odd, "a"), Charts.histogram(same, "a"),
                Charts.predictedAgainstObserved(none, none, "a", "b"),
                Charts.predictedAgainstObserved(odd, odd, "a", "b"),
                Charts.predictedAgainstObserved(same, same, "a", "b"), Charts.blandAltman(odd, same, "years"),
                Charts.blandAltman(none, none, "y"),
                Charts.calibration(odd, same, same, odd, "risk"), Charts.calibration(none, none, null, null, "risk"),
                Charts.learningCurves("epoch", "loss", curves, 2), Charts.learningCurves("epoch", "loss", Map.of(), 0),
                Charts.survival("years",
                        List.of(new Charts.SurvivalCurve("all", new double[] {1, 2}, new double[] {.9, .8},
                                new double[] {.8, .7}, new double[] {1, .9}))),
                Charts.importance("a", Map.of("x", -1.0, "y", Double.NaN), 5), BarChart.of("empty").toSvg())) {
            assertThat(xml(svg).getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
        }
    }

    @Test
    void manyPointsAreThinnedSoThatPagesStaySmall() {
        double[] x = new double[200_000];
        for (int i = 0; i < x.length; i++) x[i] = i;
        assertThat(Plot.of("x", "y").points(x, x, 1, null).toSvg().length()).isLessThan(100_000);
    }

    @Test
    void noPointIsCutByTheFrame() throws Exception {
        double[] ends = {40, 70};
        Element svg = xml(Charts.predictedAgainstObserved(ends, ends, "a", "b")).getDocumentElement();
        Element frame = (Element) ((Element) svg.getElementsByTagName("clipPath").item(0)).getElementsByTagName("rect")
                .item(0);
        double r = 3;
        Matcher points = Pattern.compile("M([0-9.]+) ([0-9.]+)h0").matcher(
                Charts.predictedAgainstObserved(ends, ends, "a", "b"));
        int found = 0;
        for (; points.find(); found++) {
            assertThat(Double.parseDouble(points.group(1))).isBetween(number(frame, "x") + r,
                    number(frame, "x") + number(frame, "width") - r);
            assertThat(Double.parseDouble(points.group(2))).isBetween(number(frame, "y") + r,
                    number(frame, "y") + number(frame, "height") - r);
        }
        assertThat(found).isEqualTo(2);
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @Test
    void survivalCurvesAreStepsFromOne() {
        String svg = Plot.of("t", "s").steps(new double[] {0, 1, 2}, new double[] {1, .5, .5}, 1, null).xRange(0, 2)
                .yRange(0, 1).toSvg();
        assertThat(svg).containsPattern("d=\"M[0-9.]+ 10H[0-9.]+V145H[0-9.]+V145\"");
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }
}
