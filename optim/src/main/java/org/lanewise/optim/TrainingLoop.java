package org.lanewise.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Module;

/** A {@link Training} under way, as its callbacks see it. */
public final class TrainingLoop {

    private final Training plan;
    private final Collection<Parameter> parameters;
    private final float baseRate;
    private final int stepsPerEpoch;
    private final CheckpointStore store;
    /** The gradients of the step before, whose memory the next ones take. */
    private Gradients spent = new Gradients();

    private long step;
    private int epoch;
    private double lossSum;
    private long lossRows;
    private double stepLoss = Double.NaN;
    private double gradientNorm = Double.NaN;
    private final List<Map<String, Double>> history = new ArrayList<>();
    private int bestEpoch = -1;
    private double best = Double.NaN;
    private Map<String, Tensor> bestWeights;
    private TrainingResult.Ending ending;

    TrainingLoop(Training plan) {
        this.plan = plan;
        parameters = plan.optimizer.parameters().values();
        baseRate = plan.optimizer.learningRate();
        stepsPerEpoch = (plan.batches.perEpoch() + plan.accumulate - 1) / plan.accumulate;
        store = plan.checkpoints == null ? null : new CheckpointStore(plan.checkpoints, plan.fingerprint);
    }

    TrainingResult run() {
        if (plan.resume && store != null) restore();
        plan.callbacks.forEach(callback -> callback.onStart(this));
        if (ending == null || ending.resumable()) {
            ending = null;
            train();
        }
        plan.callbacks.forEach(callback -> callback.onEnd(this));
        if (plan.restoreBest && bestWeights != null) plan.model.loadStateDict(bestWeights);
        plan.model.eval();
        return new TrainingResult(ending, history.size(), step, bestEpoch, best, List.copyOf(history));
    }

    private void train() {
        while (history.size() < plan.epochs && ending == null) {
            epoch = history.size();
            plan.model.train();
            int within = (int) (step - (long) history.size() * stepsPerEpoch);
            while (within < stepsPerEpoch && ending == null) {
                oneStep(within++);
                plan.callbacks.forEach(callback -> callback.afterStep(this));
                if (plan.stopRequested.getAsBoolean()) stop(TrainingResult.Ending.INTERRUPTED);
                if (within < stepsPerEpoch && checkpointDue()) save();
            }
            // A run stopped on the last step of an epoch still ends that epoch, so that resuming finds nothing half done.
            if (within == stepsPerEpoch) endEpoch();
        }
        if (ending == null) ending = TrainingResult.Ending.COMPLETED;
        save();
    }

    private boolean checkpointDue() {
        return plan.checkpointEvery > 0 && step % plan.checkpointEvery == 0;
    }

    private void oneStep(int within) {
        double rate = plan.schedule.factor(step) * (plan.plateau == null ? 1 : plan.plateau.factor());
        plan.optimizer.learningRate((float) (baseRate * rate));
        int first = within * plan.accumulate;
        int last = Math.min(plan.batches.perEpoch(), first + plan.accumulate);
        int rows = 0;
        for (int i = first; i < last; i++) rows += plan.batches.batch(epoch, i).length;
        Gradients total = null;
        double loss = 0;
        for (int i = first; i < last; i++) {
            int[] batch = plan.batches.batch(epoch, i);
            try (Tape tape = Tape.recording(tapeSeed(i)).reuse(spent)) {
                Variable value = plan.loss.of(tape, batch);
                if (value == null) continue;
                double share = (double) batch.length / rows;
                loss += share * value.value().item();
                Gradients gradients = tape.backward(value);
                if (last - first > 1) gradients.scale((float) share);
                if (total == null) {
                    total = gradients;
                    spent = new Gradients();
                } else {
                    total.add(gradients);
                    spent = gradients;
                }
            }
        }
        if (total == null) {
            step++;
            return;
        }
        apply(total, loss, rows, first);
        spent = total;
    }

    private void apply(Gradients gradients, double loss, int rows, int firstBatch) {
        stepLoss = loss;
        boolean bounded = plan.clipNorm < Float.POSITIVE_INFINITY;
        gradientNorm = bounded ? Clip.byNorm(gradients, parameters, plan.clipNorm) : Clip.norm(gradients, parameters);
        if (Double.isFinite(loss) && Double.isFinite(gradientNorm)) {
            if (plan.clipValue < Float.POSITIVE_INFINITY) Clip.byValue(gradients, parameters, plan.clipValue);
            plan.optimizer.step(gradients);
            if (plan.average != null) plan.average.update();
            lossSum += loss * rows;
            lossRows += rows;
        } else if (!plan.skipAnomalies) {
            throw new TrainingException(anomaly(gradients, loss, firstBatch));
        }
        step++;
    }

    /** Names what a reader needs to find the fault: where it happened and which parameters are hit. */
    private String anomaly(Gradients gradients, double loss, int batch) {
        var hit = new ArrayList<String>();
        plan.optimizer.parameters().forEach((name, parameter) -> {
            Tensor gradient = gradients.of(parameter);
            if (gradient != null && !Float.isFinite(gradient.norm().item())) hit.add(name);
        });
        int[] rows = plan.batches.batch(epoch, batch);
        return "loss " + loss + ", gradient norm " + gradientNorm + " in epoch " + (epoch + 1) + ", step " + (step + 1)
                + ", learning rate " + plan.optimizer.learningRate() + "; gradients not finite: "
                + (hit.isEmpty() ? "none" : String.join(", ", hit)) + "; the batch starts with rows "
                + Arrays.toString(Arrays.copyOf(rows, Math.min(5, rows.length)));
    }

    private void endEpoch() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("train_loss", lossRows == 0 ? Double.NaN : lossSum / lossRows);
        lossSum = 0;
        lossRows = 0;
        plan.model.eval();
        try (WeightAverage.Scope _ = plan.average == null ? () -> {} : plan.average.swapIn()) {
            metrics.putAll(plan.validation.get());
            history.add(Collections.unmodifiableMap(metrics));
            if (improved(metrics)) {
                if (plan.restoreBest) bestWeights = plan.model.stateDict();
                if (store != null && plan.monitor != null) store.saveBest(plan.model.stateDict());
            }
        }
        if (plan.plateau != null) plan.plateau.observe(plan.largerIsBetter ? -monitored() : monitored());
        plan.callbacks.forEach(callback -> callback.afterEpoch(this));
        save();
    }

    private boolean improved(Map<String, Double> metrics) {
        if (plan.monitor == null) {
            bestEpoch = history.size() - 1;
            return true;
        }
        if (!metrics.containsKey(plan.monitor)) {
            throw new IllegalStateException(
                    "no metric '" + plan.monitor + "' to monitor, there are " + metrics.keySet());
        }
        double figure = metrics.get(plan.monitor);
        boolean better = Double.isNaN(best)
                ? !Double.isNaN(figure)
                : plan.largerIsBetter ? figure > best : figure < best;
        if (better) {
            best = figure;
            bestEpoch = history.size() - 1;
        }
        return better;
    }

    private void save() {
        if (store != null) store.saveLast(this);
    }

    private void restore() {
        store.restoreLast(this);
        if (plan.restoreBest && bestEpoch >= 0) bestWeights = store.loadBest();
    }

    /** A different stream for each batch of each epoch. */
    private long tapeSeed(int batch) {
        return plan.seeds != null
                ? plan.seeds.of(epoch, batch)
                : plan.seed * 0x9E3779B97F4A7C15L + (long) epoch * plan.batches.perEpoch() + batch;
    }

    // --- what a checkpoint holds beside weights

    Progress progress() {
        return new Progress(step, lossSum, lossRows, history, bestEpoch, best, ending);
    }

    void progress(Progress saved) {
        step = saved.step;
        lossSum = saved.lossSum;
        lossRows = saved.lossRows;
        history.clear();
        history.addAll(saved.history);
        epoch = history.size();
        bestEpoch = saved.bestEpoch;
        best = saved.best;
        ending = saved.ending;
    }

    record Progress(long step, double lossSum, long lossRows, List<Map<String, Double>> history, int bestEpoch,
            double best,
            TrainingResult.Ending ending) {}

    Training plan() {
        return plan;
    }

    // --- for callbacks

    /** Asks the loop to end after the present step; the first reason given stands. */
    public void stop(TrainingResult.Ending reason) {
        if (ending == null) ending = reason;
    }

    /** The present epoch, from 0; in {@link Callback#afterEpoch} the one that has just ended. */
    public int epoch() {
        return epoch;
    }

    /** Optimiser steps done. */
    public long step() {
        return step;
    }

    /** Optimiser steps in the whole plan. */
    public long totalSteps() {
        return (long) plan.epochs * stepsPerEpoch;
    }

    /** Loss of the last step. */
    public double stepLoss() {
        return stepLoss;
    }

    /** Mean training loss of the present epoch so far. */
    public double epochLoss() {
        return lossRows == 0 ? Double.NaN : lossSum / lossRows;
    }

    /** Joint norm of the last step's gradients before clipping. */
    public double gradientNorm() {
        return gradientNorm;
    }

    /** Metrics of the last whole epoch; empty before the first has ended. */
    public Map<String, Double> metrics() {
        return history.isEmpty() ? Map.of() : history.getLast();
    }

    /** The metrics of every whole epoch so far, those before a restart included. */
    public List<Map<String, Double>> history() {
        return Collections.unmodifiableList(history);
    }

    /** Value of the monitored metric in the last whole epoch. */
    public double monitored() {
        if (plan.monitor == null) throw new IllegalStateException("no metric is monitored");
        return metrics().getOrDefault(plan.monitor, Double.NaN);
    }

    /** Direction of the monitored metric. */
    public boolean largerIsBetter() {
        return plan.largerIsBetter;
    }

    /** The model in training. */
    public Module model() {
        return plan.model;
    }

    /** Its optimiser. */
    public Optimizer optimizer() {
        return plan.optimizer;
    }
}
