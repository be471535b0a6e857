package org.lanewise.optim;

/**
 * Lowers the learning rate when a validation figure has stopped to improve: after {@code patience} epochs without a
 * relative improvement of {@code threshold}, the factor is multiplied by {@code gamma}, never below {@code floor}.
 * Smaller figures are better; pass the negative of one that should grow.
 */
public final class Plateau {

    private final double gamma;
    private final int patience;
    private final double threshold;
    private final double floor;
    private State state = new State(1, Double.POSITIVE_INFINITY, 0);

    /**
     * All that a resumed run must know.
     *
     * @param factor the present factor of the base rate
     * @param best the smallest figure so far
     * @param waited epochs since then
     */
    public record State(double factor, double best, int waited) {}

    /** @param gamma in (0, 1); {@code patience} >= 0; {@code threshold} >= 0, relative; {@code floor} >= 0 */
    public Plateau(double gamma, int patience, double threshold, double floor) {
        if (!(gamma > 0 && gamma < 1)) throw new IllegalArgumentException("gamma must be in (0, 1), not " + gamma);
        if (patience < 0) throw new IllegalArgumentException("patience must be >= 0, not " + patience);
        if (!(threshold >= 0)) throw new IllegalArgumentException("threshold must be >= 0, not " + threshold);
        if (!(floor >= 0)) throw new IllegalArgumentException("floor must be >= 0, not " + floor);
        this.gamma = gamma;
        this.patience = patience;
        this.threshold = threshold;
        this.floor = floor;
    }

    /** Takes the figure of one epoch and returns the factor for the next. */
    public double observe(double figure) {
        double margin = Double.isInfinite(state.best) ? 0 : threshold * Math.abs(state.best);
        if (figure < state.best - margin) {
            state = new State(state.factor, figure, 0);
        } else if (state.waited + 1 > patience) {
            state = new State(Math.max(floor, state.factor * gamma), state.best, 0);
        } else {
            state = new State(state.factor, state.best, state.waited + 1);
        }
        return state.factor;
    }

    /** The present factor. */
    public double factor() {
        return state.factor;
    }

    /** The present state, for a checkpoint. */
    public State state() {
        return state;
    }

    /** Goes on from a checkpoint's state. */
    public void state(State saved) {
        state = saved;
    }
}
