package org.lanewise.mheight;

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
import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.network.HeightNetwork;
import org.lanewise.mheight.network.PublishedNetwork;
import org.lanewise.mheight.training.RowFeatures;
import org.lanewise.nn.Module;
import org.lanewise.nn.StateDictException;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model on disk: a folder with {@code weights.safetensors} (all networks, {@code 0.head.0.weight} and so on) and {@code model.json}
 * (settings, features, group means, provenance), which is written last, so a folder that has it is complete.
 */
public final class MHeightArtifacts {
    static final String FORMAT = "lanewise-mheight";
    static final int VERSION = 1;
    private static final String MODEL = "model.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private MHeightArtifacts() {}

    private record PartFile(String name, List<Group> groups) {}

    private record ModelFile(String format, int version, MHeightConfig config, RowFeatures features,
            List<PartFile> parts, double[] means, Map<String, String> provenance) {}

    /**
     * Writes the folder.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static void save(MHeightModel model, Path folder) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        ModelFile file = switch (model) {
            case MHeightModel.Published p -> {
                for (MHeightModel.Part part : p.parts())
                    for (PublishedNetwork network : part.members()) put(weights, network);
                yield new ModelFile(FORMAT, VERSION, p.config(), p.features(),
                        p.parts().stream().map(part -> new PartFile(part.name(), part.groups())).toList(), p.means(),
                        p.provenance());
            }
            case MHeightModel.Stream s -> {
                put(weights, s.network());
                yield new ModelFile(FORMAT, VERSION, s.config(), null, null, s.means(), s.provenance());
            }
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

    private static void put(Map<String, Tensor> weights, Module network) {
        long number = weights.keySet().stream().map(name -> name.substring(0, name.indexOf('.'))).distinct().count();
        network.stateDict().forEach((name, tensor) -> weights.put(number + "." + name, tensor));
    }

    /**
     * Reads a folder that {@link #save} wrote.
     *
     * @throws BadInputException in one line, if a file is missing, damaged, of another kind or from a newer version
     */
    public static MHeightModel load(Path folder) {
        Path path = folder.resolve(MODEL);
        JsonNode tree = JsonFiles.read(path);
        if (!tree.isObject() || !FORMAT.equals(tree.path("format").asString("")))
            throw BadInputException.at(path.toString()).because("not an m-height model");
        int version = tree.path("version").asInt(0);
        if (version != VERSION)
            throw BadInputException.at(path.toString()).because("format version " + version
                    + (version > VERSION ? " is newer than this program (" + VERSION + ")" : " is not known"));
        Map<String, Tensor> weights = weights(folder.resolve(WEIGHTS));
        try {
            return model(MAPPER.treeToValue(tree, ModelFile.class), weights);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            String reason = e instanceof JacksonException j
                    ? j.getOriginalMessage()
                    : e.getMessage() == null ? "a value is missing" : e.getMessage();
            throw BadInputException.at(path.toString()).causedBy(e).because("damaged: " + reason);
        }
    }

    private static MHeightModel model(ModelFile f, Map<String, Tensor> weights) {
        if (f.means.length != Group.PUBLISHED.size()) throw new IllegalArgumentException("means of other groups");
        if (f.config.variant().isStream()) {
            HeightNetwork network = MHeightTrainer.network(f.config);
            fill(network, weights, 0);
            return new MHeightModel.Stream(f.config, network, f.means, f.provenance);
        }
        List<MHeightModel.Part> parts = new ArrayList<>();
        int number = 0;
        for (PartFile part : f.parts) {
            List<PublishedNetwork> members = new ArrayList<>();
            for (int i = 0; i < f.config.published().members(); i++) {
                PublishedNetwork network = new PublishedNetwork(f.config.variant().form(), 0, 0, Rng.of(0));
                fill(network, weights, number++);
                members.add(network);
            }
            parts.add(new MHeightModel.Part(part.name, part.groups, members));
        }
        return new MHeightModel.Published(f.config, f.features, parts, f.means, f.provenance);
    }

    private static void fill(Module network, Map<String, Tensor> weights, int number) {
        String prefix = number + ".";
        Map<String, Tensor> mine = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) mine.put(name.substring(prefix.length()), tensor);
        });
        try {
            network.loadStateDict(mine);
        } catch (StateDictException e) {
            throw new IllegalArgumentException("weights of network " + number + ": " + e.getMessage(), e);
        }
        network.eval();
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
}
