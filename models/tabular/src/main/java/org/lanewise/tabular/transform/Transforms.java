package org.lanewise.tabular.transform;

import java.nio.file.Path;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/** Saves transforms as JSON and brings them back; what comes back gives the same bits. */
public final class Transforms {
    private static final int FORMAT = 1;

    private Transforms() {
    }

    private record Saved(String kind, int format, Object state) {
    }

    /** As a JSON tree, to be put into a model's own file. */
    public static JsonNode tree(Transform transform) {
        return JsonFiles.tree(new Saved(transform.kind(), FORMAT, transform.state()));
    }

    /** The file appears whole or not at all. */
    public static void write(Path file, Transform transform) {
        JsonFiles.write(file, tree(transform));
    }

    /**
     * @throws BadInputException
     *             if the file is not a saved transform, is incomplete, or of a later format
     */
    public static Transform read(Path file) {
        return restore(JsonFiles.read(file), file.toString());
    }

    /**
     * The transform of a tree that {@link #tree} made.
     *
     * @param source
     *            begins messages
     */
    public static Transform restore(JsonNode tree, String source) {
        State saved = State.of(tree, source);
        String kind = saved.text("kind");
        if (saved.whole("format") != FORMAT) {
            throw BadInputException.at(source)
                    .because("format " + saved.whole("format") + " of a transform is not known");
        }
        JsonNode state = saved.node("state");
        return switch (kind) {
            case Pipeline.KIND -> Pipeline.restore(state, source);
            case ColumnFilter.KIND -> ColumnFilter.restore(state, source);
            case SimpleImputer.KIND -> SimpleImputer.restore(state, source);
            case ConditionalImputer.KIND -> ConditionalImputer.restore(state, source);
            case OneHotEncoder.KIND -> OneHotEncoder.restore(state, source);
            case OrdinalEncoder.KIND -> OrdinalEncoder.restore(state, source);
            case TargetEncoder.KIND -> TargetEncoder.restore(state, source);
            case HashingEncoder.KIND -> HashingEncoder.restore(state, source);
            case Scaler.KIND -> Scaler.restore(state, source);
            case QuantileScaler.KIND -> QuantileScaler.restore(state, source);
            default -> throw BadInputException.at(source).because("\"" + kind + "\" is not a known transform");
        };
    }
}
