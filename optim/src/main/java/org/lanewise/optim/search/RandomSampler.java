package org.lanewise.optim.search;

import java.util.List;
import java.util.Map;
import org.lanewise.engine.Rng;

/**
 * Independent uniform draws (on the logarithm for logarithmic dimensions), whatever came before: the baseline of every
 * other sampler. J. Bergstra and Y. Bengio, "Random search for hyper-parameter optimization", JMLR 13, 2012.
 */
public record RandomSampler() implements Sampler {

    @Override
    public Map<String, Object> sample(SearchSpace space, History history, List<Map<String, Object>> pending, Rng rng) {
        return space.draw(rng, RandomSampler::draw);
    }

    static Object draw(Dimension dimension, Rng rng) {
        if (dimension.kind() == Dimension.Kind.CATEGORY) {
            return dimension.choices().get(rng.nextInt(dimension.choices().size()));
        }
        double from = dimension.from();
        return dimension.value(from + (dimension.to() - from) * rng.nextDouble());
    }
}
