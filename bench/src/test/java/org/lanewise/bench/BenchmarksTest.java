package org.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.engine.WorkerPool;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs once, small and without a fork, and the report can read what it wrote. Times are not looked at. */
class BenchmarksTest {

    @TempDir
    Path folder;

    @Test
    void everyBenchmarkRunsAndIsReported() throws Exception {
        Path results = folder.resolve("results.json");
        var options = new OptionsBuilder().include("org\\.lanewise\\.bench\\..*Benchmark\\.").forks(0)
                .mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(1).verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true).resultFormat(ResultFormatType.JSON).result(results.toString())
                .param("threads", Integer.toString(WorkerPool.shared().threads())).param("rows", "128")
                .param("shape", "128").param("matrix", "1536x128").param("batch", "1").param("positions", "16")
                .param("elements", "65536")
                .param("parameters", "1000000").param("tokens", "1x16").param("people", "1024").param("codes", "100")
                .build();
        var finished = new Runner(options).run();
        assertThat(finished).extracting(BenchmarksTest::name).contains("LimitsBenchmark.copy",
                "LayerNormBenchmark.forwardBackward", "SoftmaxBenchmark.softmax", "AttentionBenchmark.forward",
                "ElementwiseBenchmark.gelu", "OptimizerBenchmark.adamw", "TrainingStepBenchmark.step",
                "EncoderBenchmark.forward", "HenawBenchmark.one", "ForestBenchmark.batch", "ForestBenchmark.one");
        assertThat(Files.size(results)).isPositive();
        String table = Report.of(List.of(results));
        assertThat(table.lines()).hasSize(1 + finished.size());
        assertThat(table).contains("TrainingStep.step batch=1").contains("GFLOP/s").contains("GB/s");
    }

    private static String name(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    }
}
