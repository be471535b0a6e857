package org.lanewise.linear.table;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.lanewise.engine.WorkerPool;
import org.lanewise.linear.AlphaGrid;
import org.lanewise.linear.ConvergenceException;
import org.lanewise.linear.ElasticNet;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.ElasticNetParams;
import org.lanewise.linear.ElasticNetPath;
import org.lanewise.linear.Response;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Conversions;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.schema.Schema;
import org.lanewise.tabular.schema.SchemaPolicy;

/**
 * Trains an elastic net on a table: predictors become numbers by a {@link Preparation}, cross-validation chooses alpha. Everything a fold
 * uses, what fills gaps, encodes categories and scales as well as coefficients, is learnt from its training rows alone.
 *
 * <pre>{@code
 * LinearTrainer trainer = new LinearTrainer(LinearConfig.defaults());
 * LinearTrainer.Trained t = trainer.train(table, ColumnRoles.target("price"), Map.of()).orElseThrow();
 * LinearArtifacts.save(t.model(), folder);
 * }</pre>
 *
 * Same seed, same bits: for any number of threads, and when a stopped training goes on from its checkpoints.
 */
public final class LinearTrainer {
    private final LinearConfig config;
    private final Path checkpoints;
    private final BooleanSupplier stop;
    private final FitListener listener;

    public LinearTrainer(LinearConfig config) {
        this(config, null, () -> false, FitListener.NONE);
    }

    private LinearTrainer(LinearConfig config, Path checkpoints, BooleanSupplier stop, FitListener listener) {
        this.config = config;
        this.checkpoints = checkpoints;
        this.stop = stop;
        this.listener = listener;
    }

    /** Keeps every path that is done in a folder, and takes those that are there: of the same table, roles and settings. */
    public LinearTrainer checkpoints(Path folder) {
        return new LinearTrainer(config, folder, stop, listener);
    }

    /** Asked before every path. */
    public LinearTrainer stopWhen(BooleanSupplier asked) {
        return new LinearTrainer(config, checkpoints, asked, listener);
    }

    public LinearTrainer listener(FitListener told) {
        return new LinearTrainer(config, checkpoints, stop, told);
    }

    /** How many paths a training fits: one of all rows, one for each fold. */
    public int totalPaths() {
        return 1 + config.folds();
    }

    /**
     * @param model
     *            for the alpha that was chosen
     * @param cv
     *            the path and its deviance in cross-validation
     * @param chosen
     *            place on the path
     * @param heldOut
     *            by output, then row: the prediction for each row by the fold that did not train on it
     */
    public record Trained(TableModel model, ElasticNetCv.Result cv, int chosen, double[][] heldOut) {
    }

    /**
     * @param columns
     *            names of the columns of the models, after encoding
     * @param path
     *            of all rows
     */
    public record NamedPath(List<String> columns, ElasticNetPath path) {
    }

    /** What all fits share. */
    private record Data(String source, Schema schema, TableTarget target, ColumnPreparation columns) {
    }

    private Data read(Table table, ColumnRoles roles) {
        roles.check(table);
        TableTarget target = TableTarget.decide(table, roles, config);
        Table predictors = textAsCategories(roles.predictors(table));
        if (predictors.columns().isEmpty()) {
            throw BadInputException.at(table.source()).because("no columns are left to predict from");
        }
        Schema schema = Schema.of(predictors).relaxed();
        return new Data(table.source(), schema, target,
                new ColumnPreparation(schema.apply(predictors, SchemaPolicy.defaults()).table(), config.preparation(),
                        target, roles.group() == null ? null : table.texts(roles.group()), config.seed()));
    }

    /** So that the schema knows what occurred in training. */
    private static Table textAsCategories(Table table) {
        return table.with(table.columns().stream().filter(c -> c.type() == ColumnType.TEXT)
                .map(c -> Conversions.convert(c, ColumnType.CATEGORICAL)).toList());
    }

    /** The path of all rows alone. */
    public NamedPath path(Table table, ColumnRoles roles) {
        Data data = read(table, roles);
        ColumnPreparation.Ready ready = data.columns.all();
        return new NamedPath(ready.names(),
                fit(data, config.params(data.target.family(), ready.x()), ready, data.target.response()));
    }

    /**
     * @param provenance
     *            kept with the model
     *
     * @return nothing if it was stopped
     *
     * @throws BadInputException
     *             naming what of the table cannot be used
     */
    public Optional<Trained> train(Table table, ColumnRoles roles, Map<String, String> provenance) {
        Data data = read(table, roles);
        List<Split.Fold> folds = folds(table, roles, data.target);
        ColumnPreparation.Ready all = data.columns.all();
        ElasticNetParams params = config.params(data.target.family(), all.x());
        Optional<ElasticNetPath> path = pathOfAll(data, params, all);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        ElasticNetCv.Round[] rounds = new ElasticNetCv.Round[folds.size()];
        ElasticNetParams same = params.withAlphas(AlphaGrid.of(path.get().alphas()));
        AtomicInteger done = new AtomicInteger(1);
        WorkerPool.current().forEach(rounds.length,
                f -> rounds[f] = round(data, same, all, folds.get(f), f, done));
        if (Arrays.stream(rounds).anyMatch(java.util.Objects::isNull)) {
            return Optional.empty();
        }
        ElasticNetCv.Result cv = ElasticNetCv.summary(path.get(), rounds);
        int chosen = cv.index(config.rule());
        TableModel model = new TableModel(config, roles, data.schema, all.transform(), all.names(),
                data.target.classes(), cv.alpha(config.rule()), cv.model(config.rule()),
                Baseline.of(data.target), provenance);
        return Optional.of(new Trained(model, cv, chosen, heldOut(data, all, folds, rounds, chosen)));
    }

    private Optional<ElasticNetPath> pathOfAll(Data data, ElasticNetParams params, ColumnPreparation.Ready all) {
        PathCheckpoint kept = new PathCheckpoint(checkpoints);
        Optional<ElasticNetPath> before = kept.restore("all", params.family(), all.names().size())
                .map(ElasticNetCv.Round::path);
        if (before.isPresent() || stop.getAsBoolean()) {
            before.ifPresent(_ -> listener.fitted(new FitListener.Fit(-1, null, 1, true)));
            return before;
        }
        ElasticNetPath path = fit(data, params, all, data.target.response());
        kept.save("all", new ElasticNetCv.Round(path, new double[path.size()], 0));
        listener.fitted(new FitListener.Fit(-1, null, 1, false));
        return Optional.of(path);
    }

    /** Null if it was stopped. */
    private ElasticNetCv.Round round(Data data, ElasticNetParams params, ColumnPreparation.Ready all, Split.Fold fold,
            int number, AtomicInteger done) {
        if (stop.getAsBoolean()) {
            return null;
        }
        PathCheckpoint kept = new PathCheckpoint(checkpoints);
        ColumnPreparation.Ready own = prepared(data, all, fold);
        Optional<ElasticNetCv.Round> before = kept.restore("fold-" + number, params.family(), own.names().size());
        ElasticNetCv.Round round = before.orElseGet(() -> {
            Response response = data.target.response();
            return named(data.source, "fold " + (number + 1) + ": ",
                    () -> ElasticNetCv.Round.of(fit(data, params, own, response.without(fold.test())), own.x(),
                            response, fold.test()));
        });
        if (before.isEmpty()) {
            kept.save("fold-" + number, round);
        }
        listener.fitted(new FitListener.Fit(number, round, done.incrementAndGet(), before.isPresent()));
        return round;
    }

    private static ColumnPreparation.Ready prepared(Data data, ColumnPreparation.Ready all, Split.Fold fold) {
        return Preparation.learnsNothing(data.columns.predictors()) ? all : data.columns.learn(fold.train());
    }

    private ElasticNetPath fit(Data data, ElasticNetParams params, ColumnPreparation.Ready ready, Response response) {
        TargetScale scale = config.scaleTarget() ? TargetScale.of(data.target) : TargetScale.NONE;
        return named(data.source, "", () -> {
            ElasticNet net = new ElasticNet(scale.scaled(params));
            Response scaled = scale.scaled(response);
            ElasticNetPath path = net.fitPath(ready.x(), scaled);
            return scale.back(config.gamma() == 1 ? path : net.relaxed(ready.x(), scaled, path, config.gamma()),
                    params.family());
        });
    }

    /** Says of which data it is that there is no fit. */
    private static <T> T named(String source, String part, Supplier<T> work) {
        try {
            return work.get();
        } catch (BadInputException | ConvergenceException e) {
            boolean alreadyNamed = !source.isEmpty() && e.getMessage().startsWith(source);
            throw alreadyNamed && part.isEmpty()
                    ? e
                    : BadInputException.at(source).causedBy(e).because(
                            part + (alreadyNamed ? e.getMessage().substring(source.length() + 2) : e.getMessage()));
        }
    }

    private List<Split.Fold> folds(Table table, ColumnRoles roles, TableTarget target) {
        int rows = table.rows();
        Object[] groups = roles.group() == null ? null : groups(table, roles.group());
        long units = groups == null ? rows : Arrays.stream(groups).distinct().count();
        if (units < config.folds()) {
            throw BadInputException.at(table.source()).because(units + (groups == null ? " row" : " group")
                    + (units == 1 ? " is" : "s are") + " too few for " + config.folds() + " folds");
        }
        int[] strata = target.strata();
        if (groups != null) {
            return strata == null
                    ? Split.groupedFolds(groups, config.folds(), config.seed())
                    : Split.stratifiedGroupedFolds(strata, groups, config.folds(), config.seed());
        }
        return strata == null
                ? Split.folds(rows, config.folds(), config.seed())
                : Split.stratifiedFolds(strata, config.folds(), config.seed());
    }

    private static Object[] groups(Table table, String name) {
        String[] groups = table.texts(name);
        int missing = Arrays.asList(groups).indexOf(null);
        if (missing >= 0) {
            throw BadInputException.at(table.source()).row(missing + 1L).column(name)
                    .because("missing, but needed of every row");
        }
        return groups;
    }

    private double[][] heldOut(Data data, ColumnPreparation.Ready all, List<Split.Fold> folds,
            ElasticNetCv.Round[] rounds, int chosen) {
        Response response = data.target.response();
        double[][] held = new double[data.target.outputs()][response.rows()];
        WorkerPool.current().forEach(folds.size(), f -> {
            double[][] means = Offsets.shift(data.target.family(),
                    rounds[f].path().model(chosen).means(prepared(data, all, folds.get(f)).x()), response.offset());
            for (int k = 0; k < means.length; k++) {
                for (int i : folds.get(f).test()) {
                    held[k][i] = means[k][i];
                }
            }
        });
        return held;
    }
}
