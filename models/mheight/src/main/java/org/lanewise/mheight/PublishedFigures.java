package org.lanewise.mheight;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.Group;

/**
 * What public networks reach: log2-MSE on codes of length 9, by group, as their authors report it.
 *
 * <p>An error means something only on the codes it was measured on: on those of the course's data (DS), whose scale varies from
 * matrix to matrix, the labels' variance is 3.2 to 5.2 in every group, on uniform entries .2 to 3.5. So each source says to which
 * {@link CodeLaw} it may be held against, or to none. Sources, on GitHub:
 *
 * <ul>
 * <li>eothL/m-height-problem-DNN-project, README: six ResNets behind a sparse gate, 20,000 codes of each of 21 groups, validation
 * rows; over all 21 groups it has .88 there and .93 on test rows.
 * <li>itsmahbub/transformer-mheight-predictor: 21 transformers, one for each group, some ten million rows.
 * <li>harshwadhawe/Deep-Learning-mheights-perdictions-MHA-MOE-: one figure, for 4,500 codes, 500 of each group, of which 153 have a
 * finite label where the height is infinite.
 * <li>ShrutiSingh1506/M-height-prediction-deep-learning: test rows whose matrices are not in training, third data set of the course.
 * <li>Run 1: the published run whose plan the published variants repeat. Of its 132,851 rows at most 56,365 were different, and
 * they were split at random.
 * </ul>
 */
public final class PublishedFigures {
    /** All there are. */
    public static final List<Source> ALL = List.of(
            new Source("eothL", "ResNets behind a sparse gate; uniform reals, validation rows", CodeLaw.D1,
                    new double[] {.1456, .1425, .5461, 2.0272, .1180, .4621, 2.1613, .1349, 2.1572}),
            new Source("itsmahbub", "a transformer for each group; uniform reals", CodeLaw.D1,
                    new double[] {.174, .197, .633, 3.138, .228, .589, 3.502, .537, 2.748}),
            new Source("harshwadhawe", "transformer and mixture of experts, mean of 16 symmetric copies; whole numbers "
                    + "-100 to 100, which is nearly D1; no figures by group", CodeLaw.D1, .582),
            new Source("Shruti",
                    "mixture of experts; third data set of the course, split by matrix, of which D2 has the kind",
                    CodeLaw.D2, new double[] {.096, .190, .551, 2.428, .176, .587, 2.569, .436, 2.015}),
            new Source("Run 1", "the published network; the course's data, most validation rows in training too", null,
                    new double[] {.103, .106, .215, 1.386, .107, .224, .976, .361, .981}));

    private PublishedFigures() {}

    /**
     * The figures of one project.
     *
     * @param law     on which ours may be held against them; null for none
     * @param log2Mse of {@link Group#PUBLISHED}, in their order; empty if not reported
     * @param overall the mean of these nine, or the only figure reported
     */
    public record Source(String name, String what, CodeLaw law, double[] log2Mse, double overall) {
        Source(String name, String what, CodeLaw law, double[] log2Mse) {
            this(name, what, law, log2Mse, java.util.Arrays.stream(log2Mse).average().orElseThrow());
        }

        Source(String name, String what, CodeLaw law, double overall) {
            this(name, what, law, new double[0], overall);
        }

        /** The error in a group; NaN if not reported. */
        public double log2Mse(Group group) {
            int g = Group.PUBLISHED.indexOf(group);
            return g < 0 || log2Mse.length == 0 ? Double.NaN : log2Mse[g];
        }

        public boolean isComparable(CodeLaw codes) {
            return law == codes;
        }
    }

    /** The least comparable error in a group; NaN if there is none. */
    public static double best(CodeLaw law, Group group) {
        return ALL.stream().filter(s -> s.isComparable(law)).mapToDouble(s -> s.log2Mse(group))
                .filter(x -> !Double.isNaN(x)).min().orElse(Double.NaN);
    }

    /** The source of least comparable error over all groups. */
    public static Source bestOverall(CodeLaw law) {
        return ALL.stream().filter(s -> s.isComparable(law)).min(Comparator.comparingDouble(Source::overall))
                .orElseThrow();
    }

    /**
     * Ours against the best there is.
     *
     * @param better  groups in which ours is less
     * @param groups  compared
     * @param overall the mean of our groups; NaN unless all nine are there
     * @param best    the source of the least overall figure
     */
    public record Comparison(int better, int groups, double overall, Source best) {
        public boolean isBetterOverall() {
            return overall < best.overall();
        }
    }

    /** Compares; nothing for codes of a file, to which no published figure belongs. */
    public static Optional<Comparison> compare(MHeightEvaluation ours) {
        if (ours.law().isEmpty()) return Optional.empty();
        CodeLaw law = ours.law().get();
        int better = (int) ours.scores().stream().filter(s -> s.log2Mse() < best(law, s.group())).count();
        boolean whole = ours.scores().size() == Group.PUBLISHED.size();
        return Optional.of(new Comparison(better, ours.scores().size(), whole ? ours.log2Mse() : Double.NaN,
                bestOverall(law)));
    }
}
