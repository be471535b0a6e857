package org.lanewise.mheight.exact;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** One line of {@code src-test-data/mheight/golden.csv}, computed from the definition by {@code golden.py}. */
record GoldenCase(String name, CodeShape shape, double[] p, double[] heights) {
    static List<GoldenCase> all() throws IOException {
        return Files.readAllLines(Path.of("../../src-test-data/mheight/golden.csv")).stream().skip(1)
                .map(GoldenCase::parse).toList();
    }

    private static GoldenCase parse(String line) {
        String[] cells = line.split(",");
        return new GoldenCase(cells[0], new CodeShape(Integer.parseInt(cells[1]), Integer.parseInt(cells[2])),
                Arrays.stream(cells[3].split("[ ;]")).mapToDouble(Double::parseDouble).toArray(),
                Arrays.stream(cells[4].split(" ")).mapToDouble(GoldenCase::fraction).toArray());
    }

    private static double fraction(String text) {
        if (text.equals("inf")) return Double.POSITIVE_INFINITY;
        String[] parts = text.split("/");
        return RationalSolver.quotient(new BigInteger(parts[0]),
                parts.length == 1 ? BigInteger.ONE : new BigInteger(parts[1]));
    }

    boolean isWhole() {
        return Arrays.stream(p).allMatch(x -> x == Math.rint(x));
    }

    @Override
    public String toString() {
        return name;
    }
}
