package org.lanewise.bench;

import java.util.Map;

import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.CodeStream;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Exact m-heights, all m at once, of codes with real entries (D1) and whole ones (D2). */
public class MHeightBenchmark extends Timed {
    /** Length and dimension; no commas, which separate values of {@code -p}. */
    @Param({"9x4", "9x5", "9x6", "12x6"})
    public String code;

    @Param({"D1", "D2"})
    public String law;

    @Param({"20000"})
    public int codes;

    private ExactSolver solver;
    private double[] p;
    private double[] heights;

    @Override
    void prepare() {
        CodeShape shape = shape(code);
        solver = ExactSolver.of(shape);
        p = new CodeStream(CodeLaw.valueOf(law), shape, 1).take(0, codes);
        heights = new double[codes * shape.parity()];
    }

    @Benchmark
    public double[] exact() {
        solver.heights(p, codes, heights);
        return heights;
    }

    private static CodeShape shape(String code) {
        int by = code.indexOf('x');
        return new CodeShape(Integer.parseInt(code.substring(0, by)), Integer.parseInt(code.substring(by + 1)));
    }

    static Work work(String method, Map<String, String> parameters) {
        return Work.elements(Integer.parseInt(parameters.get("codes")));
    }
}
