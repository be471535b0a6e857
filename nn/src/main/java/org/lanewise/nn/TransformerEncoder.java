package org.lanewise.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.autograd.Checkpoint;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;

/**
 * {@link TransformerEncoderLayer}s one after the other, with a LayerNorm at the end if wanted (usual when the layers' norms
 * come first). Children, with PyTorch's names: {@code layers.0}, {@code layers.1}, ..., {@code norm}.
 *
 * <p>Every layer draws its own initial values; PyTorch copies one layer's to all.
 *
 * <pre>{@code
 * var config = TransformerEncoderLayer.Config.of(512, 8).feedForward(2048).normFirst(true);
 * var encoder = new TransformerEncoder(config, 4, true, rng);
 * }</pre>
 */
public final class TransformerEncoder extends UnaryModule {
    private final ModuleList<TransformerEncoderLayer> layers;
    private final LayerNorm norm;
    private volatile boolean checkpointing;

    /** @param finalNorm whether a LayerNorm follows the last layer */
    public TransformerEncoder(TransformerEncoderLayer.Config config, int layers, boolean finalNorm, Rng rng) {
        Checks.positive("TransformerEncoder", "layers", layers);
        List<TransformerEncoderLayer> list = IntStream.range(0, layers)
                .mapToObj(_ -> new TransformerEncoderLayer(config, rng)).toList();
        this.layers = child("layers", new ModuleList<>(list));
        this.norm = finalNorm ? child("norm", new LayerNorm(config.width(), config.eps())) : null;
    }

    @Override
    public Variable forward(Variable x) {
        return forward(x, null);
    }

    /** @param mask of every layer, may be null */
    public Variable forward(Variable x, AttentionMask mask) {
        for (TransformerEncoderLayer layer : layers.list()) {
            x = checkpointing && x.tape().isRecording()
                    ? Checkpoint.run(in -> layer.forward(in[0], mask), x)
                    : layer.forward(x, mask);
        }
        return norm == null ? x : norm.forward(x);
    }

    @Override
    Step step() {
        List<Step> steps = new ArrayList<>();
        for (TransformerEncoderLayer layer : layers.list()) steps.add(layer.step());
        if (norm != null) steps.add(norm.step());
        return new ChainStep(steps);
    }

    /**
     * Whether training keeps only the input of each layer and computes the layer again in the backward pass: a third more
     * work for a fraction of the memory, with the same bits.
     */
    public void setCheckpointing(boolean checkpointing) {
        this.checkpointing = checkpointing;
    }

    /** The layers in order. */
    public List<TransformerEncoderLayer> layers() {
        return layers.list();
    }
}
