package org.lanewise.optim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.io.SafeTensors;

/**
 * Checkpoints of a training run: {@code last.safetensors} with model, optimiser and average under a prefix each and the
 * counters in the metadata, and, if a metric is monitored, {@code best.safetensors} with the best epoch's model. Each is one file, replaced whole.
 */
final class CheckpointStore {

    private static final String FORMAT = "lanewise.training.1";
    private static final String MODEL = "model/";
    private static final String OPTIMIZER = "optimizer/";
    private static final String AVERAGE = "average/";

    private final Path last;
    private final Path best;
    private final String fingerprint;

    CheckpointStore(Path directory, String fingerprint) {
        last = directory.resolve("last.safetensors");
        best = directory.resolve("best.safetensors");
        this.fingerprint = fingerprint;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory + ": " + e.getMessage(), e);
        }
    }

    void saveBest(Map<String, Tensor> weights) {
        write(best, weights, Map.of("format", FORMAT));
    }

    Map<String, Tensor> loadBest() {
        return read(best).tensors();
    }

    void saveLast(TrainingLoop loop) {
        Training plan = loop.plan();
        var tensors = new LinkedHashMap<String, Tensor>();
        plan.model.stateDict().forEach((name, tensor) -> tensors.put(MODEL + name, tensor));
        plan.optimizer.state().forEach((name, tensor) -> tensors.put(OPTIMIZER + name, tensor));
        if (plan.average != null) plan.average.state().forEach((name, t) -> tensors.put(AVERAGE + name, t));
        write(last, tensors, metadata(loop));
    }

    private Map<String, String> metadata(TrainingLoop loop) {
        Training plan = loop.plan();
        TrainingLoop.Progress progress = loop.progress();
        var meta = new TreeMap<String, String>();
        meta.put("format", FORMAT);
        meta.put("fingerprint", fingerprint);
        meta.put("seed", Long.toString(plan.seed));
        meta.put("step", Long.toString(progress.step()));
        meta.put("loss_sum", Double.toString(progress.lossSum()));
        meta.put("loss_rows", Long.toString(progress.lossRows()));
        meta.put("best_epoch", Integer.toString(progress.bestEpoch()));
        meta.put("best", Double.toString(progress.best()));
        meta.put("ending", progress.ending() == null ? "" : progress.ending().name());
        meta.put("epochs", Integer.toString(progress.history().size()));
        for (int i = 0; i < progress.history().size(); i++) {
            String prefix = "history." + i + ".";
            int[] order = {0};
            progress.history().get(i).forEach((name, value) -> meta.put(prefix + order[0]++ + "." + name,
                    Double.toString(value)));
        }
        if (plan.plateau != null) {
            meta.put("plateau.factor", Double.toString(plan.plateau.state().factor()));
            meta.put("plateau.best", Double.toString(plan.plateau.state().best()));
            meta.put("plateau.waited", Integer.toString(plan.plateau.state().waited()));
        }
        for (int i = 0; i < plan.callbacks.size(); i++) {
            String prefix = callbackPrefix(plan, i);
            plan.callbacks.get(i).state().forEach((key, value) -> meta.put(prefix + key, value));
        }
        return meta;
    }

    /** Restores everything if there is a checkpoint; does nothing otherwise. */
    void restoreLast(TrainingLoop loop) {
        if (!Files.exists(last)) return;
        SafeTensors saved = read(last);
        Map<String, String> meta = saved.metadata();
        Training plan = loop.plan();
        require(FORMAT.equals(meta.get("format")), "is not a training checkpoint of this version");
        require(fingerprint.equals(meta.get("fingerprint")), "belongs to a run with other settings or data; "
                + "train without resuming, or into another directory");
        require(Long.toString(plan.seed).equals(meta.get("seed")), "belongs to seed " + meta.get("seed"));
        try {
            plan.model.loadStateDict(under(MODEL, saved));
            plan.optimizer.loadState(under(OPTIMIZER, saved));
            if (plan.average != null) plan.average.loadState(under(AVERAGE, saved));
            if (plan.plateau != null) {
                plan.plateau.state(new Plateau.State(Double.parseDouble(meta.get("plateau.factor")),
                        Double.parseDouble(meta.get("plateau.best")), Integer.parseInt(meta.get("plateau.waited"))));
            }
            for (int i = 0; i < plan.callbacks.size(); i++) {
                Map<String, String> state = under(callbackPrefix(plan, i), meta);
                if (!state.isEmpty()) plan.callbacks.get(i).loadState(state);
            }
            String ending = meta.get("ending");
            loop.progress(new TrainingLoop.Progress(Long.parseLong(meta.get("step")),
                    Double.parseDouble(meta.get("loss_sum")), Long.parseLong(meta.get("loss_rows")), history(meta),
                    Integer.parseInt(meta.get("best_epoch")), Double.parseDouble(meta.get("best")),
                    ending.isEmpty() ? null : TrainingResult.Ending.valueOf(ending)));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new CheckpointException(last + " does not fit this run: " + e.getMessage());
        }
    }

    private static List<Map<String, Double>> history(Map<String, String> meta) {
        int epochs = Integer.parseInt(meta.get("epochs"));
        var history = new ArrayList<Map<String, Double>>();
        for (int i = 0; i < epochs; i++) {
            var ordered = new TreeMap<Integer, Map.Entry<String, Double>>();
            under("history." + i + ".", meta).forEach((key, value) -> {
                int dot = key.indexOf('.');
                ordered.put(Integer.parseInt(key.substring(0, dot)),
                        Map.entry(key.substring(dot + 1), Double.parseDouble(value)));
            });
            var metrics = new LinkedHashMap<String, Double>();
            ordered.values().forEach(entry -> metrics.put(entry.getKey(), entry.getValue()));
            history.add(metrics);
        }
        return history;
    }

    private static String callbackPrefix(Training plan, int index) {
        return "callback." + index + "." + plan.callbacks.get(index).getClass().getSimpleName() + ".";
    }

    private static Map<String, Tensor> under(String prefix, SafeTensors saved) {
        var part = new LinkedHashMap<String, Tensor>();
        saved.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) part.put(name.substring(prefix.length()), tensor);
        });
        return part;
    }

    private static Map<String, String> under(String prefix, Map<String, String> meta) {
        var part = new TreeMap<String, String>();
        meta.forEach((key, value) -> {
            if (key.startsWith(prefix)) part.put(key.substring(prefix.length()), value);
        });
        return part;
    }

    private void require(boolean condition, String fault) {
        if (!condition) throw new CheckpointException(last + " " + fault);
    }

    private static SafeTensors read(Path file) {
        try {
            return SafeTensors.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        try {
            SafeTensors.write(file, tensors, metadata);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
