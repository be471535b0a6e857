package org.lanewise.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lanewise.linear.Family;
import org.lanewise.linear.LinearModel;

/**
 * What another program made of an {@link ElasticNetProblem}, in a process of its own on one thread, timed by itself.
 *
 * @param path seconds of the path
 * @param prepare seconds of standardising, if they are not in those of the path; else NaN
 * @param cv   seconds of the cross-validation; NaN without
 */
record ElasticNetPeer(String version, double path, double prepare, double cv, double[] alphas,
        List<LinearModel> models) {

    /** @param folder where the problem was written to */
    static ElasticNetPeer run(Interpreter program, Path folder, ElasticNetProblem problem, double l1Ratio, int count,
            double ratio, int folds, double tolerance) throws IOException, InterruptedException {
        String script = program == Interpreter.GLMNET ? "elastic_net.R" : "elastic_net.py";
        Map<String, String> said = program.run(folder, script, 1, problem.rows(), problem.columns(), l1Ratio, count,
                ratio, folds, tolerance);
        return read(said.get("version"), Double.parseDouble(said.get("path")),
                Double.parseDouble(said.getOrDefault("prepare", "NaN")),
                Double.parseDouble(said.getOrDefault("cv", "NaN")), folder.resolve("peer.path"), problem.columns());
    }

    private static ElasticNetPeer read(String version, double path, double prepare, double cv, Path file, int columns)
            throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int count = in.getInt();
        double[] alphas = doubles(in, count);
        double[] intercepts = doubles(in, count);
        int[] starts = ints(in, count + 1);
        int[] index = ints(in, starts[count]);
        double[] value = doubles(in, starts[count]);
        List<LinearModel> models = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double[] b = new double[columns];
            for (int e = starts[k]; e < starts[k + 1]; e++) b[index[e]] = value[e];
            models.add(LinearModel.of(Family.gaussian(), intercepts[k], b));
        }
        return new ElasticNetPeer(version, path, prepare, cv, alphas, models);
    }

    private static double[] doubles(ByteBuffer in, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) values[i] = in.getDouble();
        return values;
    }

    private static int[] ints(ByteBuffer in, int count) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) values[i] = in.getInt();
        return values;
    }
}
