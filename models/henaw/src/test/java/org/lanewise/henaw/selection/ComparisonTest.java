package org.lanewise.henaw.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lanewise.henaw.HenawConfig;

class ComparisonTest {
    private static Comparison.Result result(String label, double parameters, double... c) {
        double[] middle = new double[c.length];
        for (int f = 0; f < c.length; f++)
            middle[f] = c[f] - .1;
        return new Comparison.Result(new Candidate(label, HenawConfig.defaults().mortality()),
                new FoldScores(c, middle), parameters, 1);
    }

    private static Comparison of(Comparison.Result... results) {
        return new Comparison(4, 1, 100, 50, "everybody", List.of(results), Map.of());
    }

    @Test
    void aSimplerSettingWithinOneStandardErrorIsChosen() {
        // Behind by .0025 on average; sd of the difference .00252, times sqrt(1/4 + 1/3) = .00192: not within.
        Comparison.Result best = result("best", 1000, .80, .82, .81, .83);
        Comparison.Result behind = result("behind", 10, .795, .82, .81, .825);
        Comparison c = of(best, behind);
        assertThat(c.behind(behind)[0]).isCloseTo(.0025, within(1e-12));
        assertThat(c.behind(behind)[1])
                .isCloseTo(Math.sqrt(4 * .0025 * .0025 / 3) * Math.sqrt(1 / 4. + 1 / 3.), within(1e-12));
        assertThat(c.chosen()).isSameAs(best);
        // Behind by .001 with a standard error of .0026.
        Comparison.Result near = result("near", 500, .795, .82, .811, .830);
        assertThat(of(best, behind, near).chosen()).isSameAs(near);
        assertThat(of(best, behind, near).best()).isSameAs(best);
    }

    @Test
    void ofEquallySimpleOnesTheBetterIsChosen() {
        Comparison.Result a = result("a", 10, .80, .82, .81, .83);
        Comparison.Result b = result("b", 10, .801, .82, .81, .83);
        assertThat(of(a, b).chosen()).isSameAs(b);
        assertThat(of(b, a).chosen()).isSameAs(b);
    }

    @Test
    void theCriterionIsTheMeanOfBothBandsUnlessOneIsMissing() {
        double[] all = {.8, .9};
        assertThat(new FoldScores(all, new double[] {.7, .7}).criterion()).containsExactly(.75, .8);
        assertThat(new FoldScores(all, new double[] {.7, Double.NaN}).criterion()).containsExactly(all);
    }
}
