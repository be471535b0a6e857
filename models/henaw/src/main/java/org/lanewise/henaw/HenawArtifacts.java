package org.lanewise.henaw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.io.FileFormatException;
import org.lanewise.engine.io.SafeTensors;
import org.lanewise.henaw.calibration.AgeBias;
import org.lanewise.henaw.calibration.AgeScale;
import org.lanewise.henaw.calibration.BaselineHazard;
import org.lanewise.henaw.calibration.LabelConditionalIntervals;
import org.lanewise.henaw.clocks.Baselines;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.HenawNetwork;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.published.StandardisedNetwork;
import org.lanewise.nn.StateDictException;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model on disk: a folder with {@code weights.safetensors} (all networks, {@code age.0.alone1.weight} and so on) and
 * {@code model.json} (settings, features, calibration, baselines, provenance). {@code model.json} is written last, so a
 * folder that has it is complete.
 *
 * <p>Reading trusts nothing: sizes are checked against the settings before networks are built, and every fault is one line
 * that names the file.
 */
public final class HenawArtifacts {
    static final String FORMAT = "lanewise-henaw";
    static final int VERSION = 1;
    private static final String MODEL = "model.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String AGE = "age";
    private static final String MORTALITY = "mortality";
    private static final String PUBLISHED = "published";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private HenawArtifacts() {}

    private record AgeFile(HenawFeatures.Stored features, double mean, double sd, double youngest, double oldest,
            LabelConditionalIntervals.Stored intervals, AgeBias bias) {}

    private record MortalityFile(HenawFeatures.Stored features, double[] offsets, BaselineHazard baseline,
            AgeScale scale,
            AgeBias bias) {}

    private record DiseaseFile(Disease disease, HenawFeatures.Stored features, double offset) {}

    private record PublishedFile(float[] mean, float[] sd, boolean mortality, List<Disease> diseases) {}

    /** Either {@code age} and perhaps {@code mortality}, or {@code published}. */
    private record ModelFile(String format, int version, HenawConfig config, AgeFile age, MortalityFile mortality,
            List<DiseaseFile> diseases, PublishedFile published, Baselines.Stored baselines,
            Map<String, String> provenance) {}

    /**
     * Writes the folder.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static void save(HenawModel model, Path folder) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        ModelFile file = switch (model) {
            case EnsembleModel ensemble -> file(ensemble, weights);
            case PublishedModel published -> file(published, weights);
        };
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(MODEL));
            SafeTensors.write(folder.resolve(WEIGHTS), weights, Map.of("format", "pt"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder + ": " + e.getMessage(), e);
        }
        JsonFiles.write(folder.resolve(MODEL), MAPPER.<JsonNode>valueToTree(file));
    }

    private static ModelFile file(EnsembleModel model, Map<String, Tensor> weights) {
        EnsembleModel.AgePart a = model.age();
        EnsembleModel.MortalityPart m = model.mortality();
        put(weights, AGE, a.members());
        if (m != null)
            put(weights, MORTALITY, m.members());
        for (EnsembleModel.DiseasePart d : model.diseases())
            put(weights, d.disease().label(), d.members());
        return new ModelFile(FORMAT, VERSION, model.config(),
                new AgeFile(a.features().stored(), a.mean(), a.sd(), a.youngest(), a.oldest(), a.intervals().stored(),
                        a.bias()),
                m == null
                        ? null
                        : new MortalityFile(m.features().stored(), m.offsets(), m.baseline(), m.scale(), m.bias()),
                model.diseases().stream()
                        .map(d -> new DiseaseFile(d.disease(), d.features().stored(), d.offset())).toList(),
                null, model.baselines().stored(), model.provenance());
    }

    private static ModelFile file(PublishedModel model, Map<String, Tensor> weights) {
        put(weights, PUBLISHED, List.of(model.network().state()));
        return new ModelFile(FORMAT, VERSION, model.config(), null, null, null,
                new PublishedFile(model.network().mean(), model.network().sd(), model.hasMortality(), model.diseases()),
                model.baselines().stored(), model.provenance());
    }

    private static void put(Map<String, Tensor> all, String ensemble, List<Map<String, Tensor>> members) {
        for (int k = 0; k < members.size(); k++) {
            String prefix = ensemble + "." + k + ".";
            members.get(k).forEach((name, t) -> all.put(prefix + name, t));
        }
    }

    /**
     * Reads a folder that {@link #save} wrote.
     *
     * @throws BadInputException in one line, if a file is missing, damaged, of another kind or from a newer version
     */
    public static HenawModel load(Path folder) {
        Path path = folder.resolve(MODEL);
        JsonNode tree = JsonFiles.read(path);
        if (!tree.isObject() || !FORMAT.equals(tree.path("format").asString("")))
            throw BadInputException.at(path.toString()).because("not a HENAW model");
        int version = tree.path("version").asInt(0);
        if (version != VERSION)
            throw BadInputException.at(path.toString()).because("format version " + version
                    + (version > VERSION ? " is newer than this program (" + VERSION + ")" : " is not known"));
        Map<String, Tensor> weights = weights(folder.resolve(WEIGHTS));
        try {
            return model(MAPPER.treeToValue(tree, ModelFile.class), weights);
        } catch (JacksonException | IllegalArgumentException | NullPointerException | BadInputException e) {
            throw BadInputException.at(path.toString()).causedBy(e).because("damaged: " + reason(e));
        }
    }

    private static String reason(Exception e) {
        return e instanceof JacksonException j
                ? j.getOriginalMessage()
                : e.getMessage() == null ? "a value is missing" : e.getMessage();
    }

    private static Map<String, Tensor> weights(Path file) {
        try {
            return SafeTensors.read(file).tensors();
        } catch (FileFormatException e) {
            throw new BadInputException(e.getMessage(), e);
        } catch (IOException e) {
            throw BadInputException.at(file.toString()).causedBy(e).because("cannot be read: " + e.getMessage());
        }
    }

    private static HenawModel model(ModelFile f, Map<String, Tensor> weights) {
        return switch (f.config.variant()) {
            case REPAIRED -> ensemble(f, weights);
            case PUBLISHED -> new PublishedModel(f.config,
                    StandardisedNetwork.open(under(PUBLISHED, 0, weights), f.published.mean, f.published.sd),
                    f.published.mortality, f.published.diseases == null ? List.of() : f.published.diseases,
                    f.baselines.open(), f.provenance);
        };
    }

    private static EnsembleModel ensemble(ModelFile f, Map<String, Tensor> weights) {
        HenawConfig config = f.config;
        HenawFeatures ageFeatures = f.age.features.open();
        EnsembleModel.AgePart age = new EnsembleModel.AgePart(ageFeatures,
                take(weights, AGE, ageFeatures, config.age(), 2),
                f.age.mean, f.age.sd, f.age.youngest, f.age.oldest, f.age.intervals.open(), f.age.bias);
        EnsembleModel.MortalityPart mortality = null;
        if (f.mortality != null) {
            HenawFeatures features = f.mortality.features.open();
            if (f.mortality.offsets.length != config.mortality().members())
                throw new IllegalArgumentException("offsets do not fit the members");
            mortality = new EnsembleModel.MortalityPart(features,
                    take(weights, MORTALITY, features, config.mortality(), 1), f.mortality.offsets,
                    f.mortality.baseline, f.mortality.scale, f.mortality.bias);
        }
        List<EnsembleModel.DiseasePart> diseases = new ArrayList<>();
        if (f.diseases != null) // not in files of earlier programs
            for (DiseaseFile d : f.diseases) {
                HenawFeatures features = d.features.open();
                diseases.add(new EnsembleModel.DiseasePart(d.disease, features,
                        take(weights, d.disease.label(), features, config.diseases(), 1), d.offset));
            }
        return new EnsembleModel(config, age, mortality, diseases, f.baselines.open(), f.provenance);
    }

    /** The members' weights, each checked against a network of the settings. */
    private static List<Map<String, Tensor>> take(Map<String, Tensor> all, String ensemble, HenawFeatures features,
            EnsembleConfig settings, int outputs) {
        HenawNetwork shape = settings.network(features, outputs, Rng.of(0));
        List<Map<String, Tensor>> members = new ArrayList<>();
        for (int k = 0; k < settings.members(); k++) {
            try {
                shape.loadStateDict(under(ensemble, k, all));
            } catch (StateDictException e) {
                throw new IllegalArgumentException("weights of " + ensemble + " " + k + ": " + e.getMessage(), e);
            }
            members.add(shape.stateDict());
        }
        return members;
    }

    /** The weights of one member, by the names inside its network. */
    private static Map<String, Tensor> under(String ensemble, int member, Map<String, Tensor> all) {
        String prefix = ensemble + "." + member + ".";
        Map<String, Tensor> mine = new LinkedHashMap<>();
        all.forEach((name, t) -> {
            if (name.startsWith(prefix))
                mine.put(name.substring(prefix.length()), t);
        });
        return mine;
    }
}
