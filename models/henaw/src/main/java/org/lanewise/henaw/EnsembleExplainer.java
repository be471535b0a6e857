package org.lanewise.henaw;

import java.util.Arrays;
import java.util.List;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.explanation.Explained;
import org.lanewise.henaw.explanation.IntegratedGradients;
import org.lanewise.henaw.features.FeatureLayout;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.network.PackedEnsemble;

/** Explains the repaired variant: the log hazard when it was trained on mortality, else the guessed age. */
final class EnsembleExplainer extends HenawExplainer {
    private final EnsembleModel model;
    private final Explained figure;
    private final IntegratedGradients gradients;
    private final int[][] owners;

    EnsembleExplainer(EnsembleModel model) {
        this.model = model;
        PackedEnsemble packed;
        if (model.hasMortality()) {
            EnsembleModel.MortalityPart part = model.mortality();
            packed = new PackedEnsemble(part.features(), part.members());
            figure = Explained.logHazard(packed, part.offsets());
        } else {
            EnsembleModel.AgePart part = model.age();
            packed = new PackedEnsemble(part.features(), part.members());
            figure = Explained.guessedAge(packed, part.mean(), part.sd());
        }
        gradients = new IntegratedGradients(packed);
        owners = owners(figure.features());
    }

    @Override
    public String figureName() {
        return model.hasMortality() ? "log hazard" : "guessed age (years)";
    }

    @Override
    public List<Marker> markers() {
        return figure.features().markers();
    }

    @Override
    double[] figures(double[][] people, double age, double sex) {
        return figure.of(people, age, sex);
    }

    @Override
    double[] integratedGradients(double[] values, double age, double sex) {
        double[] unknown = new double[values.length];
        Arrays.fill(unknown, Double.NaN);
        double[] byColumn = gradients.of(row(unknown, age, sex), row(values, age, sex));
        double[] byMarker = new double[values.length];
        for (int c = 0; c < byColumn.length; c++)
            for (int owner : owners[c])
                byMarker[owner] += figure.scale() * byColumn[c] / owners[c].length;
        return byMarker;
    }

    private float[] row(double[] values, double age, double sex) {
        float[] row = new float[figure.features().width()];
        figure.features().write(values, age, sex, row, 0, 1);
        return row;
    }

    /** The markers that each column of an input row is made of; none for age and sex. */
    private static int[][] owners(HenawFeatures features) {
        FeatureLayout layout = features.layout();
        int[][] owners = new int[layout.width()][];
        Arrays.fill(owners, new int[0]);
        for (int j = 0; j < layout.markers(); j++) {
            owners[layout.z() + j] = new int[] {j};
            owners[layout.weights() + j] = new int[] {j};
        }
        Marker[][] pairs = {{Marker.CRP, Marker.HBA1C}, {Marker.CREATININE, Marker.ALBUMIN}, {Marker.AST, Marker.ALT}};
        for (int g = 0; g < pairs.length; g++)
            owners[layout.interactions() + g] = Arrays.stream(pairs[g]).mapToInt(features.markers()::indexOf)
                    .filter(j -> j >= 0).toArray();
        int[] groups = features.basis().groups();
        for (int c = 0; c < groups.length; c++)
            if (groups[c] >= 0)
                owners[layout.skipAt() + c] = new int[] {groups[c]};
        return owners;
    }
}
