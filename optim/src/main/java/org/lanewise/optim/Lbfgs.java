package org.lanewise.optim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Parameter;
import org.lanewise.engine.Tensor;

/**
 * Limited-memory BFGS with a strong-Wolfe line search, for smooth objectives that can be evaluated on all data at once
 * (Nocedal and Wright 2006, algorithms 7.4, 7.5, 3.5 and 3.6). The search runs in double precision over the joint vector of
 * all parameters; the parameters themselves are float32.
 *
 * <pre>{@code
 * var result = new Lbfgs(model.namedParameters()).minimise(() -> {
 *     try (Tape tape = Tape.recording(0)) {
 *         Variable loss = Losses.mse(model.forward(tape.constant(x)), tape.constant(y));
 *         return new Lbfgs.Evaluation(loss.value().item(), tape.backward(loss));
 *     }
 * }, 200);
 * }</pre>
 */
public final class Lbfgs {

    private static final double ARMIJO = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final int MAX_TRIALS = 25;

    private final List<Parameter> parameters;
    private final int memory;
    private final double gradientTolerance;
    private final int size;

    /** The objective and its gradients at the present parameters. */
    public record Evaluation(double value, Gradients gradients) {}

    /**
     * How a minimisation ended.
     *
     * @param value the objective at the final parameters
     * @param gradientNorm largest absolute component there
     * @param iterations accepted steps
     * @param evaluations calls of the objective
     * @param converged whether the gradient is below the tolerance
     */
    public record Result(double value, double gradientNorm, int iterations, int evaluations, boolean converged) {}

    private record Point(double[] x, double value, double[] gradient) {}

    private record Pair(double[] s, double[] y, double rho) {}

    /** With ten correction pairs and a gradient tolerance of 1e-5. */
    public Lbfgs(Map<String, Parameter> parameters) {
        this(parameters, 10, 1e-5);
    }

    /** @param memory correction pairs kept, >= 1; {@code gradientTolerance} on the largest absolute component, > 0 */
    public Lbfgs(Map<String, Parameter> parameters, int memory, double gradientTolerance) {
        if (memory < 1) throw new IllegalArgumentException("memory must be >= 1, not " + memory);
        if (!(gradientTolerance > 0)) {
            throw new IllegalArgumentException("gradientTolerance must be positive, not " + gradientTolerance);
        }
        this.parameters = new ArrayList<>(parameters.values());
        this.memory = memory;
        this.gradientTolerance = gradientTolerance;
        size = this.parameters.stream().mapToInt(p -> p.value().numel()).sum();
    }

    /**
     * Minimises until the gradient is small, no step improves, or {@code maxIterations} is reached. The parameters are left
     * at the best point found.
     */
    public Result minimise(Supplier<Evaluation> objective, int maxIterations) {
        var evaluate = new Evaluator(objective);
        Deque<Pair> pairs = new ArrayDeque<>();
        Point at = evaluate.at(read());
        int iterations = 0;
        while (iterations < maxIterations && largest(at.gradient) > gradientTolerance) {
            double[] direction = direction(at.gradient, pairs);
            double slope = dot(direction, at.gradient);
            if (slope >= 0) {
                // Rounding has spoilt the curvature pairs: start again from steepest descent.
                pairs.clear();
                direction = direction(at.gradient, pairs);
                slope = dot(direction, at.gradient);
            }
            double first = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
            Point next = lineSearch(evaluate, at, direction, slope, first);
            if (next == null) {
                if (pairs.isEmpty()) break;
                pairs.clear();
                continue;
            }
            double[] s = difference(next.x, at.x);
            double[] y = difference(next.gradient, at.gradient);
            double sy = dot(s, y);
            if (sy > 1e-10 * dot(y, y)) {
                if (pairs.size() == memory) pairs.removeFirst();
                pairs.addLast(new Pair(s, y, 1 / sy));
            }
            at = next;
            iterations++;
        }
        write(at.x);
        double norm = largest(at.gradient);
        return new Result(at.value, norm, iterations, evaluate.count, norm <= gradientTolerance);
    }

    /** {@code -H g} by the two-loop recursion. */
    private static double[] direction(double[] gradient, Deque<Pair> pairs) {
        double[] q = gradient.clone();
        double[] alpha = new double[pairs.size()];
        int i = pairs.size();
        for (Iterator<Pair> it = pairs.descendingIterator(); it.hasNext();) {
            Pair pair = it.next();
            alpha[--i] = pair.rho * dot(pair.s, q);
            add(q, -alpha[i], pair.y);
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.peekLast();
            scale(q, 1 / (last.rho * dot(last.y, last.y)));
        }
        i = 0;
        for (Pair pair : pairs) add(q, alpha[i++] - pair.rho * dot(pair.y, q), pair.s);
        scale(q, -1);
        return q;
    }

    /** A point that satisfies the strong Wolfe conditions, or the best decrease found, or null if nothing decreases. */
    private static Point lineSearch(Evaluator evaluate, Point start, double[] d, double slope, double first) {
        double low = 0;
        double lowValue = start.value;
        double lowSlope = slope;
        double high = Double.NaN;
        double step = first;
        Point best = null;
        for (int trial = 0; trial < MAX_TRIALS; trial++) {
            double[] x = start.x.clone();
            add(x, step, d);
            Point point = evaluate.at(x);
            double pointSlope = dot(point.gradient, d);
            boolean enough = point.value <= start.value + ARMIJO * step * slope;
            if (enough && (best == null || point.value < best.value)) best = point;
            if (!enough || point.value >= lowValue && low > 0) {
                high = step;
            } else {
                if (Math.abs(pointSlope) <= -CURVATURE * slope) return point;
                if (pointSlope * (Double.isNaN(high) ? 1 : high - low) >= 0) high = low;
                low = step;
                lowValue = point.value;
                lowSlope = pointSlope;
            }
            if (Double.isNaN(high)) {
                step *= 2;
            } else {
                step = interpolate(low, lowValue, lowSlope, high, step, point.value);
                if (Math.abs(high - low) < 1e-12 * Math.max(1, Math.abs(low))) break;
            }
        }
        return best;
    }

    /** The minimum of the parabola through the low end and the last trial, kept away from the bracket's ends. */
    private static double interpolate(double low, double lowValue, double lowSlope, double high, double trial,
            double trialValue) {
        double width = high - low;
        double h = trial - low;
        double curvature = h == 0 ? 0 : (trialValue - lowValue - lowSlope * h) / (h * h);
        double step = curvature > 0 ? low - lowSlope / (2 * curvature) : low + 0.5 * width;
        double share = (step - low) / width;
        return share > 0.1 && share < 0.9 ? step : low + 0.5 * width;
    }

    private final class Evaluator {
        private final Supplier<Evaluation> objective;
        private int count;

        Evaluator(Supplier<Evaluation> objective) {
            this.objective = objective;
        }

        Point at(double[] x) {
            write(x);
            Evaluation evaluation = objective.get();
            count++;
            double[] gradient = new double[size];
            int offset = 0;
            for (Parameter parameter : parameters) {
                Tensor g = evaluation.gradients.of(parameter);
                int n = parameter.value().numel();
                if (g != null) {
                    float[] values = g.toArray();
                    for (int i = 0; i < n; i++) gradient[offset + i] = values[i];
                }
                offset += n;
            }
            double value = Double.isNaN(evaluation.value) ? Double.POSITIVE_INFINITY : evaluation.value;
            return new Point(x, value, gradient);
        }
    }

    private double[] read() {
        double[] x = new double[size];
        int offset = 0;
        for (Parameter parameter : parameters) {
            for (float value : parameter.value().toArray()) x[offset++] = value;
        }
        return x;
    }

    private void write(double[] x) {
        int offset = 0;
        for (Parameter parameter : parameters) {
            float[] to = parameter.value().data();
            for (int i = 0; i < parameter.value().numel(); i++) to[i] = (float) x[offset++];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void add(double[] a, double factor, double[] b) {
        for (int i = 0; i < a.length; i++) a[i] += factor * b[i];
    }

    private static void scale(double[] a, double factor) {
        for (int i = 0; i < a.length; i++) a[i] *= factor;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] d = a.clone();
        add(d, -1, b);
        return d;
    }

    private static double largest(double[] a) {
        double largest = 0;
        for (double value : a) largest = Math.max(largest, Math.abs(value));
        return largest;
    }
}
