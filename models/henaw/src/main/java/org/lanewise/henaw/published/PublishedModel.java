package org.lanewise.henaw.published;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lanewise.autograd.Tape;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.io.FileFormatException;
import org.lanewise.engine.io.SafeTensors;
import org.lanewise.henaw.clocks.Clock;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.nn.StateDictException;
import org.lanewise.tabular.BadInputException;

/**
 * A trained network of the published variant with the standardisation it was trained on. Immutable and thread-safe. It is
 * kept as one file, {@code published.safetensors}: the network's state dict, and {@code input.mean} and {@code input.sd}.
 */
public final class PublishedModel implements Clock {
    private static final String FILE = "published.safetensors";
    private static final String MEAN = "input.mean";
    private static final String SD = "input.sd";

    private final PublishedNetwork network;
    private final float[] mean;
    private final float[] sd;

    PublishedModel(PublishedNetwork network, float[] mean, float[] sd) {
        network.eval();
        this.network = network;
        this.mean = mean;
        this.sd = sd;
    }

    /**
     * What it says of many people.
     *
     * @param age       guessed ages in years; the gate has seen the true age
     * @param logHazard of death
     */
    public record Prediction(double[] age, double[] logHazard) {}

    @Override
    public String label() {
        return "HENAW as published";
    }

    @Override
    public double[] apply(Cohort people) {
        return predict(people).age();
    }

    /**
     * Predicts everybody.
     *
     * @throws BadInputException if somebody lacks one of the nine markers or age
     */
    public Prediction predict(Cohort people) {
        Tensor z = standardised(people, mean, sd);
        try (Tape tape = Tape.inference()) {
            PublishedNetwork.Output out = network.forward(tape.constant(z), tape.constant(ages(people)));
            return new Prediction(doubles(out.age().value()), doubles(out.logHazard().value()));
        }
    }

    /** The share of each of the nine markers in the weighting: about 1 for one of them, about 0 for all others. */
    public Map<Marker, Double> weights() {
        double[] w = network.weighting().collapse();
        Map<Marker, Double> named = new LinkedHashMap<>();
        for (int j = 0; j < w.length; j++)
            named.put(Marker.NINE.get(j), w[j]);
        return named;
    }

    static Tensor standardised(Cohort people, float[] mean, float[] sd) {
        int n = people.size();
        Tensor z = Tensor.zeros(n, Marker.NINE.size());
        for (int i = 0; i < n; i++)
            for (int j = 0; j < mean.length; j++)
                z.set((float) ((complete(people, j, i) - mean[j]) / sd[j]), i, j);
        return z;
    }

    static double complete(Cohort people, int marker, int i) {
        double value = people.value(Marker.NINE.get(marker), i);
        if (Double.isNaN(value))
            throw BadInputException.at(people.source()).row(i + 1).column(Marker.NINE.get(marker).shortName())
                    .because("missing; the published network needs all nine markers");
        return value;
    }

    static Tensor ages(Cohort people) {
        Tensor ages = Tensor.zeros(people.size(), 1);
        for (int i = 0; i < people.size(); i++) {
            if (Double.isNaN(people.age(i)))
                throw BadInputException.at(people.source()).row(i + 1).column("age")
                        .because("missing; the published network looks at it");
            ages.set((float) people.age(i), i, 0);
        }
        return ages;
    }

    private static double[] doubles(Tensor column) {
        float[] values = column.toArray();
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++)
            out[i] = values[i];
        return out;
    }

    /** Whether a model folder holds this variant. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /** Writes the model into a folder, made if needed. */
    public void save(Path folder) {
        Map<String, Tensor> all = new LinkedHashMap<>(network.stateDict());
        all.put(MEAN, Tensor.of(mean.clone(), mean.length));
        all.put(SD, Tensor.of(sd.clone(), sd.length));
        try {
            Files.createDirectories(folder);
            SafeTensors.write(folder.resolve(FILE), all, Map.of("format", "lanewise-henaw-published-1"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads it back.
     *
     * @throws BadInputException if the file is absent, damaged, or of another network
     */
    public static PublishedModel load(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            Map<String, Tensor> all = new LinkedHashMap<>(SafeTensors.read(file).tensors());
            Tensor mean = all.remove(MEAN);
            Tensor sd = all.remove(SD);
            int p = Marker.NINE.size();
            if (mean == null || sd == null || mean.numel() != p || sd.numel() != p)
                throw new BadInputException(file + ": no means and deviations of the nine markers");
            PublishedNetwork network = new PublishedNetwork(Rng.of(0));
            network.loadStateDict(all);
            return new PublishedModel(network, mean.toArray(), sd.toArray());
        } catch (FileFormatException e) {
            throw new BadInputException(e.getMessage(), e);
        } catch (StateDictException e) {
            throw new BadInputException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BadInputException("cannot read " + file, e);
        }
    }
}
