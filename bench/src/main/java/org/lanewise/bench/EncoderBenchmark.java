package org.lanewise.bench;

import java.util.Map;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Inference;
import org.lanewise.nn.TransformerEncoder;
import org.lanewise.nn.TransformerEncoderLayer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/** The transformer encoder of a small BERT with random weights: 6 layers, 12 heads of 32, feed-forward width 1536. */
@Warmup(iterations = 3, time = 1)
public class EncoderBenchmark extends Timed {
    static final int LAYERS = 6;
    static final int HEADS = 12;
    static final int WIDTH = 384;
    static final int FEED_FORWARD = 1536;

    @Param({"1x16", "1x128", "32x128"})
    public String tokens;

    Tensor x;
    TransformerEncoder model;
    private Inference inference;

    @Override
    void prepare() {
        x = Data.normal("x", Tokens.batch(tokens), Tokens.positions(tokens), WIDTH);
        var config = TransformerEncoderLayer.Config.of(WIDTH, HEADS).feedForward(FEED_FORWARD)
                .activation(Activation.GELU);
        model = new TransformerEncoder(config, LAYERS, false, Rng.of(1));
        inference = model.inference();
    }

    @Benchmark
    public Tensor forward() {
        return inference.forward(x);
    }

    static Work work(String method, Map<String, String> parameters) {
        int positions = Tokens.positions(parameters.get("tokens"));
        double rows = (double) Tokens.batch(parameters.get("tokens")) * positions;
        double weights = 4.0 * WIDTH * WIDTH + 2.0 * WIDTH * FEED_FORWARD;
        return Work.flops(2 * LAYERS * rows * (weights + 2.0 * positions * WIDTH));
    }
}
