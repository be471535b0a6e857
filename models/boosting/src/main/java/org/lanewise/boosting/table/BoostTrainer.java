package org.lanewise.boosting.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lanewise.boosting.BinnedTable;
import org.lanewise.boosting.Binning;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.Evaluation;
import org.lanewise.boosting.Features;
import org.lanewise.boosting.FitListener;
import org.lanewise.boosting.FitState;
import org.lanewise.boosting.GradientBoosting;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.schema.Schema;

/**
 * Trains boosted trees on rows of a table.
 *
 * <pre>{@code
 * BoostTrainer trainer = BoostTrainer.of(BoostConfig.defaults(), table, ColumnRoles.target("price"));
 * int[][] parts = trainer.split(trainer.all(), .15, 1);          // rows to train on, rows to measure on
 * BoostTrainer.Prepared rows = trainer.prepare(parts[0]);
 * TableModel model = trainer.model(trainer.fit(rows, _ -> true, null), rows, Map.of());
 * BoostArtifacts.save(model, folder);
 * }</pre>
 */
public final class BoostTrainer {
    /** Evaluating on every training row too would cost much of the time on long tables. */
    private static final int CURVE_ROWS = 200_000;
    private static final int LEAST_IN_BIN = 3;
    private static final int BINNING_SAMPLE = 200_000;

    private final BoostConfig config;
    private final ColumnRoles roles;
    private final TableTarget target;
    private final Objective objective;
    private final Table features;
    private final double[] label;
    private final double[] weight;
    private final Object[] group;

    private BoostTrainer(BoostConfig config, ColumnRoles roles, TableTarget target, Table features, double[] label,
            double[] weight, Object[] group) {
        this.config = config;
        this.roles = roles;
        this.target = target;
        this.objective = target.objective(config.objective());
        this.features = features;
        this.label = label;
        this.weight = weight;
        this.group = group;
    }

    /**
     * Reads target, weights and groups, and refuses before any work what cannot be trained on.
     *
     * @throws BadInputException naming row and column, or the setting
     */
    public static BoostTrainer of(BoostConfig config, Table table, ColumnRoles roles) {
        roles.check(table);
        if (table.rows() < 2) throw BadInputException.at(table.source()).because("1 row is too few to learn from");
        TableTarget target = TableTarget.decide(table, roles, config.objective());
        Table features = roles.features(table);
        BoostTrainer trainer = new BoostTrainer(config, roles, target, features, target.labels(table),
                roles.weights(table), roles.groups(table));
        trainer.checkVaries(table);
        Cells.check(table.source() + ": rows x classes", table.rows(), trainer.objective.scores());
        Set<String> names = new HashSet<>(features.names());
        Set<String> constrained = new HashSet<>(config.monotone().keySet());
        config.interactions().forEach(constrained::addAll);
        for (String name : constrained) {
            if (!names.contains(name))
                throw new BadInputException("a constraint names \"" + name + "\", which is not a feature");
        }
        config.params(trainer.objective, config.validFraction() > 0);
        trainer.objective.bind(trainer.target(trainer.arranged(trainer.all())));
        return trainer;
    }

    private void checkVaries(Table table) {
        String problem = null;
        if (target.timed() && Arrays.stream(label).noneMatch(y -> y > 0)) problem = "no events";
        else
            if (Arrays.stream(label).allMatch(y -> y == label[0]))
                problem = "only 1 different value: nothing to learn";
        if (problem != null)
            throw BadInputException.at(table.source()).column(target.timed() ? target.event() : target.target())
                    .because(problem);
    }

    /** The same rows with other settings. */
    public BoostTrainer with(BoostConfig other) {
        return new BoostTrainer(other, roles, target, features, label, weight, group);
    }

    public BoostConfig config() {
        return config;
    }

    public TableTarget target() {
        return target;
    }

    public Objective objective() {
        return objective;
    }

    /** The columns that trees may test. */
    public Table features() {
        return features;
    }

    /** What features other tables must have. */
    public Schema schema() {
        return Schema.of(features).relaxed();
    }

    /** The numbers of all rows. */
    public int[] all() {
        int[] rows = new int[label.length];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    /** The labels of some rows. */
    public double[] labels(int[] rows) {
        return pick(label, rows);
    }

    private static double[] pick(double[] values, int[] rows) {
        return values == null ? null : Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }

    private Object[] groups(int[] rows) {
        return group == null ? null : Arrays.stream(rows).mapToObj(i -> group[i]).toArray();
    }

    // ------------------------------------------------------------------------------------------------ splits

    /** Two parts of the rows, the second of the given share; groups stay whole and classes in proportion. */
    public int[][] split(int[] rows, double share, long seed) {
        if (share == 0) return new int[][] {rows, {}};
        int[] strata = target.strata(labels(rows));
        Object[] groups = groups(rows);
        double[] fractions = {1 - share, share};
        List<int[]> parts = groups != null
                ? strata != null
                        ? Split.stratifiedGrouped(strata, groups, seed, fractions)
                        : Split.grouped(groups, seed, fractions)
                : strata != null
                        ? Split.stratified(strata, seed, fractions)
                        : Split.shuffled(rows.length, seed, fractions);
        int[][] split = new int[2][];
        for (int p = 0; p < 2; p++) split[p] = Arrays.stream(parts.get(p)).map(i -> rows[i]).toArray();
        if (split[0].length == 0)
            throw new BadInputException("no rows are left to train on; lower testFraction and validFraction");
        return split;
    }

    /** Folds of all rows; groups stay whole and classes in proportion. */
    public List<Split.Fold> folds(int k) {
        long units = group == null ? label.length : Arrays.stream(group).distinct().count();
        if (k < 2 || k > units)
            throw new BadInputException(k + " folds of " + units + (group == null ? " rows" : " groups"));
        int[] strata = target.strata(label);
        return group != null
                ? strata != null
                        ? Split.stratifiedGroupedFolds(strata, group, k, config.seed())
                        : Split.groupedFolds(group, k, config.seed())
                : strata != null
                        ? Split.stratifiedFolds(strata, k, config.seed())
                        : Split.folds(label.length, k, config.seed());
    }

    /** For ranking, the rows of a query follow each other, queries in the order in which they come. */
    private int[] arranged(int[] rows) {
        if (target.kind() != TableTarget.Kind.RANKING) return rows;
        Map<Object, Integer> first = new LinkedHashMap<>();
        for (int row : rows) first.putIfAbsent(group[row], first.size());
        return Arrays.stream(rows).boxed().sorted((a, b) -> Integer.compare(first.get(group[a]), first.get(group[b])))
                .mapToInt(i -> i).toArray();
    }

    // ------------------------------------------------------------------------------------------------ fits

    /**
     * Rows that are ready to be fitted, as often as wanted and with other settings than the number of bins.
     *
     * @param train       rows that trees are grown on
     * @param valid       rows that say when to stop; empty without
     * @param x           the features of {@code train}
     * @param y           their target
     * @param evaluations what is measured after each round: {@code valid} first, then {@code train} if there are not too many
     */
    public record Prepared(int[] train, int[] valid, BinnedTable x, Target y, List<Evaluation> evaluations) {}

    /** Keeps a share of the rows to say when to stop, and bins all. */
    public Prepared prepare(int[] rows) {
        int[][] parts = split(rows, config.validFraction(), config.seed() + 1);
        int[] train = arranged(parts[0]);
        int[] valid = arranged(parts[1]);
        Features known = Features.of(features.take(train));
        BinnedTable x = withValues(new Binning(config.bins(), LEAST_IN_BIN, BINNING_SAMPLE, config.seed()).bin(known),
                known);
        Target y = target(train);
        List<Evaluation> evaluations = new ArrayList<>();
        if (valid.length > 0) {
            Features unseen = Features.of(features.take(valid));
            evaluations.add(Evaluation.on("valid", withValues(x.bin(unseen), unseen), target(valid)));
        }
        if (train.length <= CURVE_ROWS) evaluations.add(Evaluation.on("train", x, y));
        return new Prepared(train, valid, x, y, evaluations);
    }

    /** Linear leaves need the values themselves, too. */
    private BinnedTable withValues(BinnedTable binned, Features values) {
        return config.linear().enabled() ? binned.withValues(values) : binned;
    }

    private Target target(int[] rows) {
        double[] y = pick(label, rows);
        Target bound = target.timed() ? Target.of(TableTarget.survival(y)) : Target.of(y);
        if (target.kind() == TableTarget.Kind.RANKING) bound = bound.withGroups(BoostMetrics.sizes(groups(rows)));
        return weight == null ? bound : bound.withWeights(pick(weight, rows));
    }

    /**
     * Fits.
     *
     * @param listener told of every round
     * @param from     where an interrupted fit of the same rows was; null to begin
     */
    public BoostingModel fit(Prepared rows, FitListener listener, FitState from) {
        GradientBoosting boosting = new GradientBoosting(config.params(objective, rows.valid.length > 0))
                .watchedBy(listener);
        try {
            return (from == null ? boosting : boosting.resumedFrom(from)).fit(rows.x, rows.y,
                    rows.evaluations.toArray(Evaluation[]::new));
        } catch (IllegalArgumentException e) {
            throw new BadInputException("settings refused: " + e.getMessage(), e);
        }
    }

    /** Predictions of some rows, as {@link BoostMetrics} wants them. */
    public double[] predict(BoostingModel model, int[] rows) {
        return target.normalised(model.predict(Features.of(features.take(rows))), model.link());
    }

    /** One metric of a model on some rows. */
    public double measure(Metric metric, BoostingModel model, int[] rows) {
        int[] ordered = arranged(rows);
        return metric.of(model.predict(Features.of(features.take(ordered))), target(ordered));
    }

    // ------------------------------------------------------------------------------------------------ results

    /** What predictions are measured by, learnt from the rows that trees were grown on. */
    public Yardstick yardstick(BoostingModel model, int[] train) {
        double[] y = labels(train);
        double[] hazards = target.kind() == TableTarget.Kind.SURVIVAL ? predict(model, train) : null;
        return Yardstick.of(target, objective, y, pick(weight, train), hazards);
    }

    /** How good predictions of some rows are. */
    public BoostMetrics metrics(Yardstick yardstick, double[] prediction, int[] rows) {
        return new BoostMetrics(yardstick, prediction, labels(rows), pick(weight, rows), groups(rows));
    }

    /**
     * A model that knows its columns.
     *
     * @param origin what it was made with
     */
    public TableModel model(BoostingModel model, Prepared rows, Map<String, Object> origin) {
        return new TableModel(model, schema(), roles, yardstick(model, rows.train), origin);
    }
}
