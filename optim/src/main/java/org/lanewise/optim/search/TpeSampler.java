package org.lanewise.optim.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Rng;

/**
 * Tree-structured Parzen estimator: J. Bergstra, R. Bardenet, Y. Bengio and B. Kegl, "Algorithms for hyper-parameter
 * optimization", NeurIPS 2011, with the defaults of Optuna's documented sampler.
 *
 * <p>The {@code min(ceil(0.1 n), 25)} best of n finished trials give a density l of each dimension, the others a
 * density g; of {@code candidates} draws from l the one with the largest {@code l(x) / g(x)} is taken, which has the
 * largest expected improvement. A dimension learns from the trials in which it existed. Failed trials, and trials of
 * the same batch that are not known yet, count as bad: the first keep away from regions that fail, the second make a
 * batch spread out.
 *
 * @param startupTrials random trials before the estimate begins, at least 1
 * @param candidates draws of which the best is taken, at least 1
 */
public record TpeSampler(int startupTrials, int candidates) implements Sampler {

    private static final double BEST_SHARE = 0.1;
    private static final int BEST_MOST = 25;

    /** @throws IllegalArgumentException if a number is below 1 */
    public TpeSampler {
        if (startupTrials < 1) throw new IllegalArgumentException("startupTrials must be >= 1, not " + startupTrials);
        if (candidates < 1) throw new IllegalArgumentException("candidates must be >= 1, not " + candidates);
    }

    /** 10 random trials, then the best of 24 candidates. */
    public static TpeSampler defaults() {
        return new TpeSampler(10, 24);
    }

    @Override
    public Map<String, Object> sample(SearchSpace space, History history, List<Map<String, Object>> pending, Rng rng) {
        List<TrialResult> ranked = history.ranked();
        if (ranked.size() < startupTrials) return space.draw(rng, RandomSampler::draw);
        int best = Math.min((int) Math.ceil(BEST_SHARE * ranked.size()), BEST_MOST);
        var bad = new ArrayList<>(ranked.subList(best, ranked.size()));
        bad.addAll(history.in(TrialResult.State.FAILED));
        List<Map<String, Object>> above = valuesByAge(bad);
        above.addAll(pending);
        List<Map<String, Object>> below = valuesByAge(ranked.subList(0, best));
        return space.draw(rng, (dimension, stream) -> {
            List<Object> good = of(dimension, below);
            List<Object> others = of(dimension, above);
            return dimension.kind() == Dimension.Kind.CATEGORY
                    ? category(dimension, good, others, stream)
                    : number(dimension, good, others, stream);
        });
    }

    private static List<Map<String, Object>> valuesByAge(List<TrialResult> trials) {
        var values = new ArrayList<Map<String, Object>>();
        trials.stream().sorted(Comparator.comparingInt(TrialResult::number)).forEach(t -> values.add(t.values()));
        return values;
    }

    private static List<Object> of(Dimension dimension, List<Map<String, Object>> trials) {
        return trials.stream().filter(v -> v.containsKey(dimension.name())).map(v -> v.get(dimension.name())).toList();
    }

    private Object number(Dimension dimension, List<Object> good, List<Object> others, Rng rng) {
        var l = new ParzenEstimator(dimension, numbers(good));
        var g = new ParzenEstimator(dimension, numbers(others));
        Object chosen = null;
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates; i++) {
            Object candidate = l.sample(rng);
            double x = ((Number) candidate).doubleValue();
            double ratio = l.log(x) - g.log(x);
            if (chosen == null || ratio > best) {
                chosen = candidate;
                best = ratio;
            }
        }
        return chosen;
    }

    private static List<Double> numbers(List<Object> values) {
        return values.stream().map(v -> ((Number) v).doubleValue()).toList();
    }

    private Object category(Dimension dimension, List<Object> good, List<Object> others, Rng rng) {
        double[] l = shares(dimension, good);
        double[] g = shares(dimension, others);
        int chosen = -1;
        for (int i = 0; i < candidates; i++) {
            double u = rng.nextDouble();
            int c = 0;
            while (c < l.length - 1 && u >= l[c]) u -= l[c++];
            if (chosen < 0 || l[c] * g[chosen] > l[chosen] * g[c]) chosen = c;
        }
        return dimension.choices().get(chosen);
    }

    /** Weighted counts beside a uniform prior that weighs as much as one trial. */
    private static double[] shares(Dimension dimension, List<Object> values) {
        double[] age = ParzenEstimator.weights(values.size());
        double[] share = new double[dimension.choices().size()];
        Arrays.fill(share, 1.0 / share.length);
        double total = 1;
        for (int i = 0; i < age.length; i++) {
            share[dimension.choices().indexOf(values.get(i))] += age[i];
            total += age[i];
        }
        for (int c = 0; c < share.length; c++) share[c] /= total;
        return share;
    }
}
