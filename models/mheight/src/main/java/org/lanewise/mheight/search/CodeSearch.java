package org.lanewise.mheight.search;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.lanewise.engine.Rng;
import org.lanewise.engine.WorkerPool;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;

/**
 * Looks for whole matrices P of small m-height by simulated annealing with many independent starts. A move changes one entry; it is
 * taken if it makes {@code log2 h_m} smaller, else with probability {@code exp(-rise / T)}, the temperature T falling
 * geometrically; infinite heights are never taken. Every start is a stream of random numbers of its own, so the result depends on
 * the plan alone, not on threads.
 *
 * <pre>{@code
 * CodeSearch.Found best = new CodeSearch(CodeSearch.Plan.of(new CodeShape(9, 5), 4)).run(_ -> {}, () -> false);
 * }</pre>
 */
public final class CodeSearch {
    /** Starts that one thread advances together, so that the solver's registers are full. */
    private static final int TOGETHER = 32;
    /** Moves between two reports. */
    private static final int SLICE = 256;
    /** One move in so many draws the entry anew; the others change it by 1 or 2. */
    private static final int LEAP = 8;

    /**
     * What to look for, and how.
     *
     * @param bound  largest magnitude of an entry
     * @param starts independent runs
     * @param steps  moves of each
     * @param hot    first temperature, in units of log2 h
     * @param cold   last temperature
     */
    public record Plan(CodeShape shape, int m, int bound, int starts, int steps, double hot, double cold, long seed) {
        public Plan {
            if (!shape.hasHeight(m))
                throw new IllegalArgumentException("m = " + m + " with " + shape + "; it must be 1 to n - k");
            if (bound < 1 || starts < 1 || steps < 1)
                throw new IllegalArgumentException("bound, starts and steps must be 1 or more");
            if (!(hot >= cold && cold > 0))
                throw new IllegalArgumentException(
                        "temperatures must be positive and fall, not " + hot + " to " + cold);
        }

        /** Entries up to 8, 256 starts of 20,000 moves: 5 million codes. */
        public static Plan of(CodeShape shape, int m) {
            return new Plan(shape, m, 8, 256, 20_000, .3, .01, 42);
        }
    }

    /**
     * The best so far.
     *
     * @param p       row by row; empty before the first code of finite height
     * @param heights h_1 .. h_{n-k} of it
     * @param start   the start that found it
     * @param codes   heights computed so far
     * @param share   of the work done
     */
    public record Found(double[] p, double[] heights, int start, long codes, double share) {}

    private final Plan plan;
    private final ExactSolver solver;
    private final Runs[] groups;

    public CodeSearch(Plan plan) {
        this.plan = plan;
        solver = ExactSolver.of(plan.shape());
        groups = new Runs[(plan.starts() + TOGETHER - 1) / TOGETHER];
        for (int g = 0; g < groups.length; g++)
            groups[g] = new Runs(g * TOGETHER, Math.min(TOGETHER, plan.starts() - g * TOGETHER));
    }

    /**
     * Searches.
     *
     * @param listener told after every {@value #SLICE} moves of all starts
     * @param stop     asked as often; once true, the search ends
     */
    public Found run(Consumer<Found> listener, BooleanSupplier stop) {
        Found found = best(0);
        for (int step = 0; step < plan.steps() && !stop.getAsBoolean();) {
            int from = step;
            int to = Math.min(plan.steps(), step + SLICE);
            WorkerPool.current().forEach(groups.length, g -> groups[g].advance(from, to));
            step = to;
            found = best(step);
            listener.accept(found);
        }
        return found;
    }

    private Found best(int step) {
        Runs best = null;
        for (Runs runs : groups) if (best == null || runs.least < best.least) best = runs;
        long codes = (long) plan.starts() * step;
        double share = (double) step / plan.steps();
        return Double.isInfinite(best.least)
                ? new Found(new double[0], new double[0], -1, codes, share)
                : new Found(best.leastP.clone(), solver.heights(best.leastP), best.leastStart, codes, share);
    }

    /** Some starts and where they stand. */
    private final class Runs {
        private final int first;
        private final Rng[] rng;
        private final double[] p;
        private final double[] tried;
        private final double[] heights;
        private final double[] level;
        private double least = Double.POSITIVE_INFINITY;
        private double[] leastP;
        private int leastStart;

        Runs(int first, int count) {
            this.first = first;
            rng = new Rng[count];
            p = new double[count * plan.shape().entries()];
            tried = new double[p.length];
            heights = new double[count * plan.shape().parity()];
            level = new double[count];
            Arrays.fill(level, Double.POSITIVE_INFINITY);
            for (int i = 0; i < count; i++) {
                rng[i] = Rng.of(plan.seed()).stream("search").stream(first + i);
                for (int e = 0; e < plan.shape().entries(); e++) p[i * plan.shape().entries() + e] = entry(rng[i]);
            }
        }

        private double entry(Rng random) {
            return random.nextInt(2 * plan.bound() + 1) - plan.bound();
        }

        void advance(int from, int to) {
            int entries = plan.shape().entries();
            for (int step = from; step < to; step++) {
                double temperature = plan.hot()
                        * StrictMath.pow(plan.cold() / plan.hot(), (double) step / plan.steps());
                System.arraycopy(p, 0, tried, 0, p.length);
                for (int i = 0; i < rng.length; i++) move(rng[i], i * entries + rng[i].nextInt(entries));
                solver.heights(tried, rng.length, heights);
                for (int i = 0; i < rng.length; i++) accept(i, temperature);
            }
        }

        private void move(Rng random, int at) {
            double x = tried[at];
            if (random.nextInt(LEAP) == 0) {
                tried[at] = entry(random);
            } else {
                int by = random.nextInt(4);
                double moved = x + (by < 2 ? by - 2 : by - 1);
                tried[at] = Math.abs(moved) <= plan.bound() ? moved : -x;
            }
        }

        private void accept(int i, double temperature) {
            int entries = plan.shape().entries();
            double height = heights[i * plan.shape().parity() + plan.m() - 1];
            double chance = rng[i].nextDouble();
            double value = StrictMath.log(height) / StrictMath.log(2);
            boolean lost = Double.isInfinite(level[i]); // until the first finite height everything is taken
            if (!lost && (Double.isInfinite(height)
                    || value > level[i] && chance >= StrictMath.exp((level[i] - value) / temperature)))
                return;
            level[i] = value;
            System.arraycopy(tried, i * entries, p, i * entries, entries);
            if (height < least) {
                least = height;
                leastP = Arrays.copyOfRange(p, i * entries, (i + 1) * entries);
                leastStart = first + i;
            }
        }
    }
}
