package org.lanewise.autograd;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.lanewise.engine.Tensor;

/**
 * Compares gradients with central differences: for those who write a {@link Rule}, a module or a loss.
 *
 * <pre>{@code
 * GradCheck.of(in -> in[0].matmul(in[1]).tanh(), a, b).check();
 * }</pre>
 *
 * <p>The output, of any shape, is projected on a fixed direction r of unequal weights: one number L = sum(r * output) is
 * differentiated. For each input tensor the error is
 *
 * <pre>max |analytic - numeric| / max(|numeric|, scale)</pre>
 *
 * over its elements, the maximum norm of the difference relative to that of the gradient ({@code scale} guards gradients that
 * are zero). Two sources for the numeric side:
 *
 * <ul>
 * <li><b>in float</b> ({@link #check()}, 1e-3): the function itself at x - 2e, x - e, x + e, x + 2e, summed in double and
 * combined by Richardson's extrapolation (4 D(e) - D(2e)) / 3. Rounding of the float forward pass limits this to some 1e-4;
 * <li><b>in double</b> ({@link #check(Reference)}, 1e-6): a second implementation of the same function in plain double
 * arithmetic that the caller writes, differentiated to some 1e-10. What then remains is the rounding of the float gradient
 * itself. The forward values are compared too.
 * </ul>
 *
 * The function is called often, each time on a new tape of the same seed, so random masks stay fixed.
 */
public final class GradCheck {
    /** Error allowed of differences in float. */
    public static final double FLOAT_TOLERANCE = 1e-3;
    /** Error allowed of a float gradient against differences in double. */
    public static final double DOUBLE_TOLERANCE = 1e-6;

    /** A good compromise between the errors of rounding and of the fifth derivative. */
    private static final double DOUBLE_STEP = 1e-3;

    private final BiFunction<Tape, Variable[], Variable> function;
    private final Tensor[] inputs;
    /** The parameters whose values the inputs are, or null. */
    private final Parameter[] parameters;
    private long seed = 1;
    private double step = 1.0 / 64;
    private double tolerance;
    private double scale = 1e-2;
    private boolean together;
    private final boolean[] checked;

    private GradCheck(BiFunction<Tape, Variable[], Variable> function, Parameter[] parameters, Tensor... inputs) {
        this.function = function;
        this.parameters = parameters;
        this.inputs = inputs.clone();
        this.checked = new boolean[inputs.length];
        Arrays.fill(checked, true);
    }

    /** The function again in double: row-major inputs to the row-major output. */
    @FunctionalInterface
    public interface Reference {
        double[] apply(double[][] inputs);
    }

    /** What was found for the worst element. */
    public record Report(double error, double forwardError, int input, int element, double analytic, double numeric) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT,
                    "gradient error %.3g (forward %.3g): input %d, element %d, analytic %.9g, numeric %.9g", error,
                    forwardError, input, element, analytic, numeric);
        }
    }

    /** @param inputs where to check; not modified */
    public static GradCheck of(Function<Variable[], Variable> function, Tensor... inputs) {
        return new GradCheck((_, variables) -> function.apply(variables), null, inputs);
    }

    /**
     * Checks the gradients of parameters, for instance of a module, whose values are the inputs of a {@link Reference}.
     *
     * @param function computes on the tape it is given
     * @param parameters where to check: at their values, which are not modified
     */
    public static GradCheck ofParameters(Function<Tape, Variable> function, Parameter... parameters) {
        for (Parameter parameter : parameters) {
            if (!parameter.requiresGrad()) {
                throw new IllegalArgumentException("GradCheck: " + parameter + " is frozen, it has no gradient");
            }
        }
        Tensor[] values = Arrays.stream(parameters).map(Parameter::value).toArray(Tensor[]::new);
        return new GradCheck((tape, _) -> function.apply(tape), parameters.clone(), values);
    }

    /** The seed of the tapes, 1 by default. */
    public GradCheck seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** The difference e in float, 1/64 by default; the function must be smooth within 2e of the inputs. */
    public GradCheck step(double step) {
        this.step = step;
        return this;
    }

    /** The error allowed, instead of the default of the check. */
    public GradCheck tolerance(double tolerance) {
        this.tolerance = tolerance;
        return this;
    }

    /** The gradient below which errors count absolutely, 0.01 by default. */
    public GradCheck scale(double scale) {
        this.scale = scale;
        return this;
    }

    /**
     * Relates errors to the largest gradient of all inputs together: for whole models, where rounding in one place shows as
     * noise in the small gradients of others.
     */
    public GradCheck together() {
        this.together = true;
        return this;
    }

    /** Treats these inputs as constants. */
    public GradCheck constant(int... inputs) {
        for (int i : inputs) checked[i] = false;
        return this;
    }

    /** Compares with differences of the function itself, in float. @throws AssertionError with the worst element */
    public Report check() {
        return verified(compare(this::inFloat, step, true, 0), FLOAT_TOLERANCE);
    }

    /** Compares with differences of {@code reference}, in double. @throws AssertionError with the worst element */
    public Report check(Reference reference) {
        double[] exact = reference.apply(exactInputs());
        float[] output = run(inputs).toArray();
        if (exact.length != output.length) {
            throw new AssertionError("the reference has " + exact.length + " outputs, the function " + output.length);
        }
        double size = scale;
        double difference = 0;
        for (int i = 0; i < exact.length; i++) {
            size = Math.max(size, Math.abs(exact[i]));
            difference = Math.max(difference, Math.abs(exact[i] - output[i]));
        }
        double[] direction = direction(exact.length);
        ToDoubleFunction<double[][]> loss = x -> project(reference.apply(x), direction);
        return verified(compare(loss, DOUBLE_STEP, false, difference / size), DOUBLE_TOLERANCE);
    }

    private Report verified(Report report, double usual) {
        double limit = tolerance > 0 ? tolerance : usual;
        // NaN fails too
        if (!(report.error <= limit && report.forwardError <= limit)) {
            throw new AssertionError(report + "; allowed " + limit);
        }
        return report;
    }

    private Report compare(ToDoubleFunction<double[][]> loss, double step, boolean inFloat, double forwardError) {
        Tensor[] gradients = analytic();
        double[][] x = exactInputs();
        double[][] numeric = new double[inputs.length][];
        double[] sizes = new double[inputs.length];
        double largest = scale;
        for (int i = 0; i < inputs.length; i++) {
            if (!checked[i]) continue;
            numeric[i] = new double[x[i].length];
            sizes[i] = scale;
            for (int j = 0; j < x[i].length; j++) {
                numeric[i][j] = derivative(loss, x, i, j, step, inFloat);
                sizes[i] = Math.max(sizes[i], Math.abs(numeric[i][j]));
            }
            largest = Math.max(largest, sizes[i]);
        }
        Report worst = new Report(0, forwardError, -1, -1, 0, 0);
        for (int i = 0; i < inputs.length; i++) {
            if (!checked[i]) continue;
            float[] analytic = gradients[i].toArray();
            for (int j = 0; j < analytic.length; j++) {
                double error = Math.abs(analytic[j] - numeric[i][j]) / (together ? largest : sizes[i]);
                if (!(error <= worst.error)) {
                    worst = new Report(error, forwardError, i, j, analytic[j], numeric[i][j]);
                }
            }
        }
        return worst;
    }

    /** Richardson's extrapolation of two central differences: the error falls with the fourth power of the step. */
    private static double derivative(ToDoubleFunction<double[][]> loss, double[][] x, int i, int j, double step,
            boolean inFloat) {
        double near = difference(loss, x, i, j, step, inFloat);
        double far = difference(loss, x, i, j, 2 * step, inFloat);
        return (4 * near - far) / 3;
    }

    private static double difference(ToDoubleFunction<double[][]> loss, double[][] x, int i, int j, double step,
            boolean inFloat) {
        double at = x[i][j];
        // in float the steps really made are those between floats
        double above = inFloat ? (float) (at + step) : at + step;
        double below = inFloat ? (float) (at - step) : at - step;
        x[i][j] = above;
        double up = loss.applyAsDouble(x);
        x[i][j] = below;
        double down = loss.applyAsDouble(x);
        x[i][j] = at;
        return (up - down) / (above - below);
    }

    private Tensor[] analytic() {
        try (Tape tape = Tape.recording(seed)) {
            Variable[] variables = new Variable[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                if (parameters != null) {
                    variables[i] = tape.use(parameters[i]);
                } else {
                    variables[i] = checked[i] ? tape.leaf(inputs[i]) : tape.constant(inputs[i]);
                }
            }
            Variable output = function.apply(tape, variables);
            Tensor direction = Tensor.zeros(output.shape());
            double[] r = direction(output.numel());
            for (int i = 0; i < r.length; i++) direction.data()[i] = (float) r[i];
            Gradients gradients = tape.backward(output, direction);
            Tensor[] result = new Tensor[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                if (!checked[i]) continue;
                Tensor gradient = gradients.of(variables[i]);
                result[i] = gradient == null ? Tensor.zeros(inputs[i].shape()) : gradient;
            }
            return result;
        }
    }

    private double inFloat(double[][] x) {
        Tensor[] values = new Tensor[inputs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Tensor.zeros(inputs[i].shape());
            for (int j = 0; j < x[i].length; j++) values[i].data()[j] = (float) x[i][j];
        }
        float[] output = run(values).toArray();
        double[] exact = new double[output.length];
        for (int i = 0; i < exact.length; i++) exact[i] = output[i];
        return project(exact, direction(exact.length));
    }

    private Tensor run(Tensor... values) {
        try (Tape tape = Tape.inference(seed)) {
            Variable[] variables = new Variable[values.length];
            for (int i = 0; i < values.length; i++) {
                variables[i] = tape.constant(values[i]);
                if (parameters != null) tape.substitute(parameters[i], values[i]);
            }
            return function.apply(tape, variables).value();
        }
    }

    private double[][] exactInputs() {
        double[][] exact = new double[inputs.length][];
        for (int i = 0; i < exact.length; i++) {
            float[] values = inputs[i].toArray();
            exact[i] = new double[values.length];
            for (int j = 0; j < values.length; j++) exact[i][j] = values[j];
        }
        return exact;
    }

    private static double project(double[] output, double[] direction) {
        double sum = 0;
        for (int i = 0; i < output.length; i++) sum += output[i] * direction[i];
        return sum;
    }

    /** Distinct weights of either sign in multiples of 1/64, exact in float. */
    private static double[] direction(int n) {
        double[] r = new double[n];
        for (int i = 0; i < n; i++) {
            int k = (i * 37 + 11) % 64;
            r[i] = (i % 2 == 0 ? 1 : -1) * (32 + k) / 64.0;
        }
        return r;
    }
}
