package org.lanewise.bench;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lanewise.boosting.format.LightGbmFormat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;

/** {@link ForestBenchmark} by LightGBM, which reads the same model from a file. */
public class ForestLightGbm extends Timed {
    @Param({"100000"})
    public int rows;

    private BoostingProblem problem;
    private double[][] single;
    private LGBMBooster booster;
    private String params;
    private int next;

    @Override
    void prepare() {
        var ours = new ForestBenchmark();
        ours.rows = rows;
        ours.prepare();
        problem = ours.problem;
        single = ForestBenchmark.rows(problem);
        params = "num_threads=" + threads + " verbosity=-1";
        try {
            Path file = Files.createTempFile("forest", ".txt");
            LightGbmFormat.write(ours.model, file);
            booster = LGBMBooster.createFromModelfile(file.toString());
            Files.delete(file);
            double[] mine = ours.batch();
            double[] theirs = batch();
            for (int i = 0; i < mine.length; i++) {
                if (!(Math.abs(mine[i] - theirs[i]) < 1e-9))
                    throw new IllegalStateException("row " + i + ": " + mine[i] + " and " + theirs[i]);
            }
        } catch (IOException | LGBMException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public double[] batch() throws LGBMException {
        return booster.predictForMat(problem.x(), problem.rows(), problem.columns(), true,
                PredictionType.C_API_PREDICT_RAW_SCORE, params);
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public double one() throws LGBMException {
        return booster.predictForMatSingleRow(single[next++ % ForestBenchmark.ONE_OF],
                PredictionType.C_API_PREDICT_RAW_SCORE);
    }
}
