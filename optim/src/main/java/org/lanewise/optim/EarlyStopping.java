package org.lanewise.optim;

import java.util.Map;

/**
 * Ends a run after {@code patience} epochs without improvement of the monitored metric by more than {@code minDelta}.
 * Needs {@link Training#monitor} to be set.
 */
public final class EarlyStopping implements Callback {

    private final int patience;
    private final double minDelta;
    private double best = Double.NaN;
    private int waited;

    /** Any improvement counts. */
    public EarlyStopping(int patience) {
        this(patience, 0);
    }

    /** @param patience >= 1; {@code minDelta} >= 0, in the metric's units */
    public EarlyStopping(int patience, double minDelta) {
        if (patience < 1) throw new IllegalArgumentException("patience must be >= 1, not " + patience);
        if (!(minDelta >= 0)) throw new IllegalArgumentException("minDelta must be >= 0, not " + minDelta);
        this.patience = patience;
        this.minDelta = minDelta;
    }

    @Override
    public void afterEpoch(TrainingLoop loop) {
        double figure = loop.monitored();
        double gain = loop.largerIsBetter() ? figure - best : best - figure;
        if (Double.isNaN(best) || gain > minDelta) {
            best = figure;
            waited = 0;
        } else if (++waited >= patience) {
            loop.stop(TrainingResult.Ending.EARLY_STOPPED);
        }
    }

    @Override
    public Map<String, String> state() {
        return Map.of("best", Double.toString(best), "waited", Integer.toString(waited));
    }

    @Override
    public void loadState(Map<String, String> state) {
        best = Double.parseDouble(state.get("best"));
        waited = Integer.parseInt(state.get("waited"));
    }
}
