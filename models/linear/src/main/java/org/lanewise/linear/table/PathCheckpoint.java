package org.lanewise.linear.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lanewise.engine.io.SafeTensors;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.ElasticNetPath;
import org.lanewise.linear.Family;
import org.lanewise.linear.LinearModel;
import org.lanewise.tabular.BadInputException;

/**
 * The paths of a cross-validation that are done, a file for each, so that an interrupted one goes on where it was. Numbers are kept to
 * the last bit.
 *
 * @param folder
 *            or null to keep nothing
 */
record PathCheckpoint(Path folder) {

    void save(String name, ElasticNetCv.Round round) {
        if (folder == null) {
            return;
        }
        List<ElasticNetPath.Step> steps = round.path().steps();
        Map<String, double[]> arrays = SparseModels.arrays(steps.stream().map(ElasticNetPath.Step::model).toList());
        arrays.put("alphas", round.path().alphas());
        arrays.put("ratio", steps.stream().mapToDouble(ElasticNetPath.Step::devianceRatio).toArray());
        arrays.put("gap", steps.stream().mapToDouble(ElasticNetPath.Step::gap).toArray());
        arrays.put("kkt", steps.stream().mapToDouble(ElasticNetPath.Step::kkt).toArray());
        arrays.put("sweeps", steps.stream().mapToDouble(ElasticNetPath.Step::sweeps).toArray());
        arrays.put("deviance", round.deviance());
        arrays.put("size", new double[] {round.size()});
        try {
            Files.createDirectories(folder);
            SafeTensors.writeDoubles(file(name), arrays, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file(name) + ": " + e.getMessage(), e);
        }
    }

    /**
     * @throws BadInputException
     *             if the file is damaged or of other columns
     */
    Optional<ElasticNetCv.Round> restore(String name, Family family, int columns) {
        if (folder == null || !Files.exists(file(name))) {
            return Optional.empty();
        }
        try {
            return Optional.of(round(SafeTensors.readDoubles(file(name)), family, columns));
        } catch (IOException | IllegalArgumentException e) {
            throw BadInputException.at(file(name).toString()).causedBy(e)
                    .because("damaged, begin without --resume: " + e.getMessage());
        }
    }

    private static ElasticNetCv.Round round(Map<String, double[]> arrays, Family family, int columns) {
        double[][] facts = new double[6][];
        String[] names = {"alphas", "ratio", "gap", "kkt", "sweeps", "deviance"};
        for (int i = 0; i < names.length; i++) {
            facts[i] = SparseModels.need(arrays, names[i]);
            if (facts[i].length != facts[0].length) {
                throw new IllegalArgumentException("arrays that do not belong together");
            }
        }
        List<LinearModel> models = SparseModels.models(arrays, facts[0].length, family, columns);
        List<ElasticNetPath.Step> steps = new ArrayList<>();
        for (int k = 0; k < models.size(); k++) {
            steps.add(new ElasticNetPath.Step(facts[0][k], models.get(k), facts[1][k], facts[2][k], facts[3][k],
                    facts[4][k]));
        }
        double[] size = SparseModels.need(arrays, "size");
        if (steps.isEmpty() || size.length != 1) {
            throw new IllegalArgumentException("a path without steps");
        }
        return new ElasticNetCv.Round(new ElasticNetPath(steps), facts[5], size[0]);
    }

    private Path file(String name) {
        return folder.resolve(name + ".safetensors");
    }
}
