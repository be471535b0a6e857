package org.lanewise.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lanewise.linear.Family;
import org.lanewise.linear.LinearModel;

/**
 * What another program made of an {@link ElasticNetProblem}, in a process of its own on one thread, timed by itself.
 *
 * @param seconds the lines "name value" that it printed
 */
record ElasticNetPeer(String version, Map<String, Double> seconds, double[] alphas, List<LinearModel> models) {

    static ElasticNetPeer run(String name, Path folder, ElasticNetProblem problem, double l1Ratio, int count,
            double ratio,
            int folds, double tolerance) throws IOException, InterruptedException {
        String script = name.equals("glmnet") ? "elastic_net.R" : "elastic_net.py";
        Path file = folder.resolve(script);
        try (InputStream in = ElasticNetPeer.class.getResourceAsStream(script)) {
            Files.write(file, in.readAllBytes());
        }
        ProcessBuilder builder = new ProcessBuilder(name.equals("glmnet") ? "Rscript" : "/usr/bin/python3",
                file.toString(),
                folder.toString(), "" + problem.rows(), "" + problem.columns(), "" + l1Ratio, "" + count, "" + ratio,
                "" + folds, "" + tolerance);
        for (String threads : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"))
            builder.environment().put(threads, "1");
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        Map<String, Double> seconds = new TreeMap<>();
        StringBuilder said = new StringBuilder();
        String version = name;
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.append(line).append('\n');
                String[] words = line.strip().split(" ");
                if (words[0].equals("version"))
                    version = words[1] + " " + words[2];
                else
                    if (List.of("path", "cv", "prepare").contains(words[0]))
                        seconds.put(words[0], Double.valueOf(words[1]));
            }
        }
        if (process.waitFor() != 0) throw new IOException(name + " failed:\n" + said);
        return read(version, seconds, folder.resolve("peer.path"), problem.columns());
    }

    private static ElasticNetPeer read(String version, Map<String, Double> seconds, Path file, int columns)
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
        return new ElasticNetPeer(version, seconds, alphas, models);
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
