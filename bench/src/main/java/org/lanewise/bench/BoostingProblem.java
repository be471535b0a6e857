package org.lanewise.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.tabular.survival.Survival;

/**
 * Data for boosting: rows of floats, NaN where missing, and a target. Those of a {@link Shape} are made up.
 *
 * @param x           rows x columns
 * @param y           as {@link Goal} says
 * @param classes     scores of a row: 1 unless there are classes to tell apart
 * @param categorical the columns that hold whole numbers that name categories
 */
record BoostingProblem(float[] x, float[] y, int columns, Goal goal, int classes, int[] categorical) {
    private static final int BLOCK = 1 << 12;

    /** What is predicted. */
    enum Goal {
        /** A number. */
        REGRESSION,
        /** The probability of 1; the target is 0 or 1. */
        BINARY,
        /** The probability of each of the classes 0, 1, ... */
        CLASSES,
        /** The hazard; the target is the time, positive, with a minus sign if there was no event, as XGBoost has it. */
        COX
    }

    /** The shapes that boosting is measured on. */
    enum Shape {
        /** Dense numbers, a class that depends on nine of them. */
        RECIPE(500_000, 28),
        /**
         * As RECIPE without the product of two columns. No single cut betrays that product: which tree finds it, and so the
         * accuracy, hangs on chance. Here programs differ by what they do.
         */
        NO_PRODUCT(500_000, 28),
        /** As RECIPE with more rows and fewer columns. */
        LONG(1_000_000, 10),
        /** Regression on many columns, a tenth of the values missing. */
        REGRESSION(100_000, 200),
        /** A thousand indicators, of which one in each group of ten is 1. */
        ONE_HOT(50_000, 1_000),
        /** Ten columns of up to 5,000 categories beside numbers, a tenth missing. */
        CATEGORIES(20_000, 50),
        /** Small: what a tree costs however few the rows. */
        SMALL(10_000, 9);

        final int rows;
        final int columns;

        Shape(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
        }
    }

    int rows() {
        return y.length;
    }

    static BoostingProblem of(Shape shape, int rows, long seed) {
        int p = shape.columns;
        float[] x = new float[Math.multiplyExact(rows, p)];
        float[] y = new float[rows];
        IntStream.range(0, (rows + BLOCK - 1) / BLOCK).parallel().forEach(b -> {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + b);
            double[] row = new double[p];
            for (int i = b * BLOCK; i < Math.min(rows, (b + 1) * BLOCK); i++) {
                y[i] = (float) switch (shape) {
                    case RECIPE, LONG, SMALL -> recipe(row, random, 1.2);
                    case NO_PRODUCT -> recipe(row, random, 0);
                    case REGRESSION -> regression(row, random);
                    case ONE_HOT -> oneHot(row, random);
                    case CATEGORIES -> categories(row, random);
                };
                for (int j = 0; j < p; j++) x[i * p + j] = (float) row[j];
            }
        });
        return new BoostingProblem(x, y, p, shape == Shape.REGRESSION ? Goal.REGRESSION : Goal.BINARY, 1,
                IntStream.range(0, shape == Shape.CATEGORIES ? 10 : 0).toArray());
    }

    /** These rows. */
    BoostingProblem take(int... rows) {
        float[] someX = new float[rows.length * columns];
        float[] someY = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(x, rows[i] * columns, someX, i * columns, columns);
            someY[i] = y[rows[i]];
        }
        return new BoostingProblem(someX, someY, columns, goal, classes, categorical);
    }

    Objective objective() {
        return switch (goal) {
            case REGRESSION -> Objective.squared();
            case BINARY -> Objective.logistic();
            case CLASSES -> Objective.softmax(classes);
            case COX -> Objective.cox();
        };
    }

    Target target() {
        double[] label = new double[y.length];
        boolean[] event = new boolean[y.length];
        for (int i = 0; i < label.length; i++) {
            label[i] = goal == Goal.COX ? Math.abs(y[i]) : y[i];
            event[i] = y[i] > 0;
        }
        return goal == Goal.COX ? Target.of(Survival.of(label, event)) : Target.of(label);
    }

    private static double yes(double logOdds, SplittableRandom random) {
        return random.nextDouble() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
    }

    private static double recipe(double[] x, SplittableRandom random, double product) {
        for (int j = 0; j < x.length; j++) x[j] = random.nextGaussian();
        return yes(product * x[0] * x[1] + 0.8 * Math.sin(2 * x[2]) + (x[3] > 0.5 ? 1 : -0.5) + 0.6 * x[4] * x[4] - 0.6
                + 0.5 * x[5] * Math.abs(x[6]) + 0.4 * (x[7] + x[8]), random);
    }

    private static double regression(double[] x, SplittableRandom random) {
        for (int j = 0; j < x.length; j++) x[j] = random.nextGaussian();
        double f = x[0] * x[1] + 2 * Math.sin(2 * x[2]) + Math.abs(x[3]) + random.nextGaussian();
        for (int j = 4; j < 40; j++) f += 0.1 * x[j];
        for (int j = 0; j < x.length; j++) x[j] = random.nextInt(10) == 0 ? Double.NaN : x[j];
        return f;
    }

    private static double oneHot(double[] x, SplittableRandom random) {
        Arrays.fill(x, 0);
        double f = -0.5;
        for (int group = 0; group < x.length / 10; group++) {
            int which = random.nextInt(10);
            x[10 * group + which] = 1;
            f += group < 30 ? 0.15 * (which % 5 - 2) : 0;
        }
        return yes(f, random);
    }

    private static double categories(double[] x, SplittableRandom random) {
        double f = 0;
        for (int j = 0; j < x.length; j++) {
            if (j < 10) {
                int levels = 5 << j;
                x[j] = Math.floor(levels * random.nextDouble() * random.nextDouble()); // low numbers are frequent
                f += 0.5 * Math.sin(7 * x[j] + j);
            } else {
                x[j] = random.nextGaussian();
            }
        }
        f += x[10] + 0.5 * x[11] * x[12];
        for (int j = 0; j < x.length; j++) x[j] = random.nextInt(10) == 0 ? Double.NaN : x[j];
        return yes(f, random);
    }
}
