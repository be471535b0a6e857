package org.lanewise.linear.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.WorkerPool;
import org.lanewise.linear.AlphaGrid;
import org.lanewise.linear.ColumnStore;
import org.lanewise.linear.ElasticNet;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.ElasticNetParams;
import org.lanewise.linear.ElasticNetPath;
import org.lanewise.linear.Family;
import org.lanewise.linear.LinearModel;
import org.lanewise.linear.Response;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.schema.Schema;
import org.lanewise.tabular.schema.SchemaPolicy;
import org.lanewise.tabular.transform.ColumnChoice;
import org.lanewise.tabular.transform.Fitted;
import org.lanewise.tabular.transform.OneHotEncoder;
import org.lanewise.tabular.transform.Pipeline;
import org.lanewise.tabular.transform.SimpleImputer;

/**
 * Trains an elastic net on a table: missing numbers become the median, missing categories the commonest one, categories one column each;
 * cross-validation chooses alpha. Imputers and encoders, which do not look at the target, learn from all rows; means, scales and
 * coefficients of a fold only from its training rows.
 *
 * <pre>{@code
 * LinearTrainer.Trained t = new LinearTrainer(LinearConfig.defaults()).train(table, ColumnRoles.target("price"), Map.of());
 * LinearArtifacts.save(t.model(), folder);
 * }</pre>
 *
 * @param config
 *            settings
 */
public record LinearTrainer(LinearConfig config) {

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

    /** What fits need. */
    private record Prepared(Schema schema, Fitted fitted, String[] names, ColumnStore x, TableTarget target) {
    }

    /** The path alone. */
    public ElasticNetPath path(Table table, ColumnRoles roles) {
        Prepared ready = prepare(table, roles);
        return new ElasticNet(config.params(ready.target.family())).fitPath(ready.x, ready.target.response());
    }

    /** The names of the columns of {@link #path}, after encoding. */
    public List<String> columns(Table table, ColumnRoles roles) {
        return List.of(prepare(table, roles).names);
    }

    private Prepared prepare(Table table, ColumnRoles roles) {
        TableTarget target = TableTarget.decide(table, roles, config);
        Table predictors = roles.predictors(table);
        if (predictors.columns().isEmpty()) {
            throw BadInputException.at(table.source()).because("no columns are left to predict from");
        }
        Schema schema = Schema.of(predictors).relaxed();
        Table typed = schema.apply(predictors, SchemaPolicy.defaults()).table();
        Fitted fitted = Pipeline.of(SimpleImputer.median(ColumnChoice.numeric()),
                SimpleImputer.mostFrequent(ColumnChoice.categorical()),
                SimpleImputer.mostFrequent(ColumnChoice.ofType(ColumnType.BOOLEAN)),
                OneHotEncoder.of(ColumnChoice.categorical())).fitApply(typed, null);
        String[] names = fitted.table().names().toArray(String[]::new);
        return new Prepared(schema, fitted, names, ColumnStore.of(DesignMatrix.of(fitted.table(), names)), target);
    }

    /**
     * @param provenance
     *            kept with the model
     */
    public Trained train(Table table, ColumnRoles roles, Map<String, String> provenance) {
        Prepared ready = prepare(table, roles);
        ElasticNetParams params = config.params(ready.target.family());
        List<Split.Fold> folds = folds(table, roles, ready.target);
        ElasticNetCv.Result cv = ElasticNetCv.run(params, ready.x, ready.target.response(), folds);
        int chosen = cv.index(config.rule());
        TableModel model = new TableModel(config, roles, ready.schema, ready.fitted.transform(), List.of(ready.names),
                ready.target.classes(), cv.alpha(config.rule()), cv.model(config.rule()),
                LinearMetrics.baseline(ready.target), provenance);
        return new Trained(model, cv, chosen, heldOut(params, ready, folds, cv.path().alphas(), chosen));
    }

    private List<Split.Fold> folds(Table table, ColumnRoles roles, TableTarget target) {
        int rows = table.rows();
        long units = roles.group() == null ? rows : Arrays.stream(table.texts(roles.group())).distinct().count();
        if (units < config.folds()) {
            throw BadInputException.at(table.source()).because(units + (roles.group() == null ? " rows" : " groups")
                    + " are too few for " + config.folds() + " folds");
        }
        if (roles.group() != null) {
            return Split.groupedFolds(table.texts(roles.group()), config.folds(), config.seed());
        }
        if (target.classes().isEmpty()) {
            return Split.folds(rows, config.folds(), config.seed());
        }
        int[] classes = Arrays.stream(target.response().y()).mapToInt(v -> (int) v).toArray();
        return Split.stratifiedFolds(classes, config.folds(), config.seed());
    }

    private static double[][] heldOut(ElasticNetParams params, Prepared ready, List<Split.Fold> folds, double[] alphas,
            int chosen) {
        ElasticNet net = new ElasticNet(params.withAlphas(AlphaGrid.of(Arrays.copyOf(alphas, chosen + 1))));
        Response response = ready.target.response();
        Family family = params.family();
        double[][] held = new double[family instanceof Family.Multinomial m ? m.classes() : 1][ready.x.rows()];
        WorkerPool.current().forEach(folds.size(), f -> {
            double[] weights = new double[response.rows()];
            for (int i : folds.get(f).train()) {
                weights[i] = response.weights() == null ? 1 : response.weights()[i];
            }
            LinearModel model = net.fitPath(ready.x, response.withWeights(weights)).model(chosen);
            double[][] means = model.means(ready.x);
            for (int k = 0; k < means.length; k++) {
                for (int i : folds.get(f).test()) {
                    held[k][i] = means[k][i];
                }
            }
        });
        return held;
    }
}
