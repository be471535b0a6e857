package org.lanewise.cli.boost;

import java.util.Map;

import org.lanewise.boosting.table.BoostTrainer;
import org.lanewise.boosting.table.TableTarget;
import org.lanewise.linear.table.ColumnRoles;
import org.lanewise.linear.table.LinearConfig;
import org.lanewise.linear.table.LinearTrainer;
import org.lanewise.tabular.Table;

/**
 * An elastic net of the same columns, trained on the same rows: what trees have to beat.
 */
final class LinearBaseline {
    /** Cells of the training rows above which the comparison would take longer than the training. */
    private static final long MOST_CELLS = 3_000_000;

    /** When to fit it. */
    enum When {
        AUTO, ALWAYS, NEVER
    }

    private final LinearTrainer.Trained trained;
    private final int classes;

    private LinearBaseline(LinearTrainer.Trained trained, int classes) {
        this.trained = trained;
        this.classes = classes;
    }

    /**
     * Trains on the given rows.
     *
     * @param table as read
     * @return null if there is no such linear model, or it would take long and is not asked for
     */
    static LinearBaseline of(When when, BoostTrainer trainer, Table table,
            org.lanewise.boosting.table.ColumnRoles roles,
            int[] rows) {
        TableTarget target = trainer.target();
        LinearConfig.TargetFamily family = switch (target.kind()) {
            case REGRESSION -> trainer.objective().name().equals("poisson")
                    ? LinearConfig.TargetFamily.POISSON
                    : LinearConfig.TargetFamily.GAUSSIAN;
            case BINARY -> LinearConfig.TargetFamily.BINOMIAL;
            case MULTICLASS -> LinearConfig.TargetFamily.MULTINOMIAL;
            case SURVIVAL -> LinearConfig.TargetFamily.COX;
            case TIME, RANKING -> null;
        };
        int classes = Math.max(1, target.kind() == TableTarget.Kind.MULTICLASS ? target.classes().size() : 1);
        long cells = (long) rows.length * trainer.features().columns().size() * classes;
        if (family == null || when == When.NEVER || when == When.AUTO && cells > MOST_CELLS) return null;
        LinearConfig d = LinearConfig.defaults();
        LinearConfig config = new LinearConfig(family, d.l1Ratio(), d.gamma(), d.alphas(), d.alphaRatio(), d.grid(),
                d.standardize(), d.scaleTarget(), d.fitIntercept(), d.tolerance(), d.folds(), d.rule(),
                d.huberDelta(), d.preparation(), trainer.config().seed());
        Table columns = trainer.features();
        for (String name : new String[] {roles.target(), roles.event(), roles.weight(), roles.group()})
            if (name != null && !columns.has(name)) columns = columns.with(table.column(name));
        LinearTrainer.Trained trained = new LinearTrainer(config).train(columns.take(rows),
                new ColumnRoles(roles.target(), roles.event(), roles.weight(), null, roles.group(), null), Map.of())
                .orElseThrow();
        boolean same = classes == 1 || trained.model().classes().equals(target.classes());
        return same ? new LinearBaseline(trained, classes) : null;
    }

    /** Predictions in the form of the trees': rows, or rows x classes, row after row. */
    double[] predict(Table rows) {
        return byRow(trained.model().predict(rows).means());
    }

    /** Predictions of the training rows, each by a fold that has not seen it. */
    double[] heldOut() {
        return byRow(trained.heldOut());
    }

    private double[] byRow(double[][] means) {
        if (classes == 1) return means[0];
        double[] byRow = new double[means[0].length * classes];
        for (int i = 0; i < means[0].length; i++)
            for (int c = 0; c < classes; c++) byRow[i * classes + c] = means[c][i];
        return byRow;
    }
}
