package org.lanewise.linear.table;

import java.util.List;
import java.util.Map;
import org.lanewise.linear.ColumnStore;
import org.lanewise.linear.LinearModel;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.schema.Conformed;
import org.lanewise.tabular.schema.Schema;
import org.lanewise.tabular.schema.SchemaIssue;
import org.lanewise.tabular.schema.SchemaPolicy;
import org.lanewise.tabular.transform.Transform;

/**
 * An elastic net with all it takes to predict a table: the schema of the columns it was trained on, the transform that fills and encodes
 * them, and the coefficients. Immutable and thread-safe.
 *
 * <pre>{@code
 * TableModel model = LinearArtifacts.load(Path.of("runs/linear/model"));
 * double[] price = model.predict(table).means()[0];
 * }</pre>
 *
 * @param config
 *            of the training
 * @param roles
 *            of columns
 * @param schema
 *            of the predictors
 * @param transform
 *            from predictors to the columns of the model
 * @param columns
 *            names of the columns of the model
 * @param classes
 *            names of the classes, or empty
 * @param alpha
 *            penalty strength of the model
 * @param model
 *            coefficients
 * @param baseline
 *            what a model without predictors would predict of every row, by output
 * @param provenance
 *            what it was made with
 */
public record TableModel(LinearConfig config, ColumnRoles roles, Schema schema, Transform transform,
        List<String> columns, List<String> classes, double alpha, LinearModel model, double[] baseline,
        Map<String, String> provenance) {
    public TableModel {
        baseline = baseline.clone();
        columns = List.copyOf(columns);
        classes = List.copyOf(classes);
        provenance = Map.copyOf(provenance);
    }

    /**
     * @param means
     *            by output, then row: numbers, probabilities of the second of two classes, of every class of more, rates, relative hazards
     * @param issues
     *            where the table differed from the schema
     */
    public record Predictions(double[][] means, List<SchemaIssue> issues) {
    }

    /**
     * With the offset added if the model has one.
     *
     * @throws org.lanewise.tabular.BadInputException
     *             if a column is missing or a value cannot be used
     */
    public Predictions predict(Table table) {
        return predict(table, SchemaPolicy.defaults());
    }

    /** As {@link #predict(Table)} with another policy about what differs from the schema. */
    public Predictions predict(Table table, SchemaPolicy policy) {
        Conformed conformed = schema.apply(roles.predictors(table), policy);
        Table ready = transform.apply(conformed.table());
        ColumnStore x = ColumnStore.of(DesignMatrix.of(ready, columns.toArray(String[]::new)));
        double[][] means = Offsets.shift(model.family(), model.means(x), TableTarget.offset(table, roles));
        return new Predictions(means, conformed.issues());
    }

    /** What a model without predictors predicts of every row where the offset is 0, by output. */
    @Override
    public double[] baseline() {
        return baseline.clone();
    }
}
