package org.lanewise.bench;

import ai.djl.ndarray.NDList;
import org.lanewise.autograd.Parameter;
import org.lanewise.engine.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** {@link TrainingStepBenchmark} by libtorch, with its fused AdamW. */
public class TrainingStepTorch extends Timed {
    @Param({"256"})
    public int batch;

    private Torch torch;
    private NDList step;

    @Override
    void prepare() {
        var ours = new TrainingStepBenchmark();
        ours.batch = batch;
        ours.prepare();
        torch = Torch.withThreads(threads);
        NDList weights = new NDList();
        NDList firstMoments = new NDList();
        NDList secondMoments = new NDList();
        NDList steps = new NDList();
        for (Parameter p : ours.model.parameters()) {
            weights.add(torch.array(p.value()));
            firstMoments.add(torch.array(Tensor.zeros(p.value().shape())));
            secondMoments.add(torch.array(Tensor.zeros(p.value().shape())));
            steps.add(torch.array(Tensor.scalar(0f)));
        }
        NDList data = new NDList(torch.array(ours.x), torch.array(ours.y));
        step = torch.arguments("train_step", data, weights, firstMoments, secondMoments, steps);
        for (int i = 0; i < 3; i++)
            Torch.check("loss of step " + i, torch.runWithGradients(step), 1e-3, Tensor.scalar(ours.step()));
    }

    @Benchmark
    public void step() {
        torch.runWithGradients(step).close();
    }
}
