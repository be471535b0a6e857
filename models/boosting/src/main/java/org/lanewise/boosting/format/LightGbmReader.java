package org.lanewise.boosting.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.FeatureBins;
import org.lanewise.boosting.RegressionTree;
import org.lanewise.boosting.RegressionTree.Missing;
import org.lanewise.boosting.objective.Link;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/** Reads LightGBM's text, line by line. */
final class LightGbmReader {
    private static final String PANDAS = "pandas_categorical:";
    private static final int MOST_CATEGORIES = 255;

    private final String source;
    private final String text;
    private int at;
    private int line;

    private LightGbmReader(String source, String text) {
        this.source = source;
        this.text = text;
    }

    static BoostingModel read(String source, String text) {
        LightGbmReader reader = new LightGbmReader(source, text);
        try {
            return reader.model();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw BadInputException.at(source).line(reader.line).causedBy(e).because(e.getMessage());
        }
    }

    /** The next line without its end; {@code null} at the end of the text. */
    private String next() {
        if (at >= text.length()) return null;
        int end = text.indexOf('\n', at);
        if (end < 0) end = text.length();
        String found = text.substring(at, end > at && text.charAt(end - 1) == '\r' ? end - 1 : end);
        at = end + 1;
        line++;
        return found;
    }

    /** The lines up to the first empty one by name; lines without "=" have an empty value. */
    private Map<String, String> block() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String l = next(); l != null && !l.isBlank(); l = next()) {
            int equals = l.indexOf('=');
            if (values.put(equals < 0 ? l : l.substring(0, equals), equals < 0 ? "" : l.substring(equals + 1)) != null)
                throw new IllegalArgumentException("this line is there twice: " + l.substring(0, Math.max(0, equals)));
        }
        return values;
    }

    private BoostingModel model() {
        if (!"tree".equals(next())) throw new IllegalArgumentException("not a model of LightGBM: no line \"tree\"");
        Map<String, String> head = block();
        String version = required(head, "version");
        if (!List.of("v2", "v3", "v4").contains(version))
            throw new IllegalArgumentException("version " + version + " is not known (v2 to v4 are)");
        int scores = whole(required(head, "num_tree_per_iteration"), 1, 1 << 20);
        String objective = head.getOrDefault("objective", "custom");
        Link link = Objectives.lightGbmLink(objective);
        String[] names = words(required(head, "feature_names"));
        String[] infos = words(required(head, "feature_infos"));
        int features = whole(required(head, "max_feature_idx"), 0, Integer.MAX_VALUE - 1) + 1;
        if (names.length != features || infos.length != features) {
            throw new IllegalArgumentException(names.length + " feature_names and " + infos.length
                    + " feature_infos for " + features + " features");
        }
        List<RegressionTree> trees = new ArrayList<>();
        String l = next();
        for (; l != null && !l.equals("end of trees"); l = next()) {
            if (l.isBlank()) continue;
            if (!l.equals("Tree=" + trees.size()))
                throw new IllegalArgumentException("\"Tree=" + trees.size() + "\" should be here");
            trees.add(tree(block()));
        }
        if (l == null) throw new IllegalArgumentException("cut short: no line \"end of trees\"");
        return BoostingModel.builder(objective, link, columns(names, infos, levels()), new double[scores])
                .trees(trees).averaged(head.containsKey("average_output")).build();
    }

    /** The levels of the columns of categories, in order; {@code null} if the file has none. */
    private List<List<String>> levels() {
        String last = null;
        for (String l = next(); l != null; l = next()) {
            if (l.startsWith(PANDAS)) last = l.substring(PANDAS.length());
        }
        if (last == null || last.isBlank() || last.strip().equals("null")) return null;
        List<List<String>> all = new ArrayList<>();
        for (JsonNode column : JsonFiles.parse(source, last)) {
            List<String> levels = new ArrayList<>();
            for (JsonNode level : column) levels.add(level.asString());
            all.add(levels);
        }
        return all;
    }

    private static List<FeatureBins> columns(String[] names, String[] infos, List<List<String>> levels) {
        List<FeatureBins> columns = new ArrayList<>();
        long categorical = Arrays.stream(infos).filter(LightGbmReader::isCategorical).count();
        boolean named = levels != null && levels.size() == categorical;
        int c = 0;
        for (int j = 0; j < names.length; j++) {
            if (isCategorical(infos[j])) {
                int[] seen = Arrays.stream(infos[j].split(":")).mapToInt(v -> whole(v, Integer.MIN_VALUE,
                        Integer.MAX_VALUE)).filter(v -> v >= 0).distinct().limit(MOST_CATEGORIES).toArray();
                columns.add(FeatureBins.categorical(names[j], seen, named ? levels.get(c) : List.of()));
                c++;
            } else {
                double[] range = {Double.NaN, Double.NaN};
                if (infos[j].startsWith("[") && infos[j].endsWith("]")) {
                    String[] ends = infos[j].substring(1, infos[j].length() - 1).split(":");
                    if (ends.length == 2) range = new double[] {real(ends[0]), real(ends[1])};
                }
                columns.add(FeatureBins.numeric(names[j], new double[] {Double.POSITIVE_INFINITY}, range[0], range[1]));
            }
        }
        return columns;
    }

    private static boolean isCategorical(String info) {
        return !info.startsWith("[") && !info.equals("none");
    }

    // --- one tree

    private static RegressionTree tree(Map<String, String> block) {
        int leaves = whole(required(block, "num_leaves"), 1, Integer.MAX_VALUE);
        double[] value = reals(block, "leaf_value", leaves, false);
        double[] weight = reals(block, "leaf_weight", leaves, true);
        int[] count = wholes(block, "leaf_count", leaves, true);
        RegressionTree.Builder tree = RegressionTree.builder(leaves);
        for (int l = 0; l < leaves; l++) tree.leaf(l, value[l], weight[l], count[l]);
        if (leaves > 1) nodes(tree, block, leaves - 1);
        if (whole(block.getOrDefault("is_linear", "0"), 0, 1) == 1) linear(tree, block, leaves);
        return tree.build();
    }

    private static void nodes(RegressionTree.Builder tree, Map<String, String> block, int n) {
        int[] feature = wholes(block, "split_feature", n, false);
        double[] threshold = reals(block, "threshold", n, false);
        int[] decision = wholes(block, "decision_type", n, false);
        int[] left = wholes(block, "left_child", n, false);
        int[] right = wholes(block, "right_child", n, false);
        double[] gain = reals(block, "split_gain", n, true);
        double[] value = reals(block, "internal_value", n, true);
        double[] weight = reals(block, "internal_weight", n, true);
        int[] count = wholes(block, "internal_count", n, true);
        int sets = whole(block.getOrDefault("num_cat", "0"), 0, n);
        int[] bounds = sets == 0 ? null : wholes(block, "cat_boundaries", sets + 1, false);
        int[] words = sets == 0 ? null : bits(required(block, "cat_threshold"));
        for (int i = 0; i < n; i++) {
            tree.children(i, left[i], right[i]).node(i, gain[i], value[i], weight[i], count[i]);
            if ((decision[i] & 1) != 0) {
                if (!(threshold[i] >= 0 && threshold[i] < sets))
                    throw new IllegalArgumentException("node " + i + ": set " + threshold[i] + " of " + sets);
                int s = (int) threshold[i];
                tree.categories(i, feature[i], members(words, bounds[s], bounds[s + 1]));
            } else {
                int missing = decision[i] >> 2 & 3;
                tree.numeric(i, feature[i], threshold[i], (decision[i] & 2) != 0,
                        missing == 0 ? Missing.NONE : missing == 1 ? Missing.ZERO : Missing.NAN);
            }
        }
    }

    /** The numbers of the bits set in words {@code from} to {@code to - 1}. */
    private static int[] members(int[] words, int from, int to) {
        if (from < 0 || to < from || to > words.length)
            throw new IllegalArgumentException("cat_boundaries do not fit cat_threshold");
        int[] all = new int[Arrays.stream(words, from, to).map(Integer::bitCount).sum()];
        int n = 0;
        for (int w = from; w < to; w++) {
            for (int word = words[w]; word != 0; word &= word - 1)
                all[n++] = (w - from) * 32 + Integer.numberOfTrailingZeros(word);
        }
        return all;
    }

    private static int[] bits(String text) {
        return Arrays.stream(words(text)).mapToInt(Integer::parseUnsignedInt).toArray();
    }

    private static void linear(RegressionTree.Builder tree, Map<String, String> block, int leaves) {
        double[] constant = reals(block, "leaf_const", leaves, false);
        int[] terms = wholes(block, "num_features", leaves, false);
        String[] features = words(block.getOrDefault("leaf_features", ""));
        String[] coefficients = words(block.getOrDefault("leaf_coeff", ""));
        int next = 0;
        for (int l = 0; l < leaves; l++) {
            if (terms[l] < 0 || terms[l] > Math.min(features.length, coefficients.length) - next)
                throw new IllegalArgumentException("num_features do not fit leaf_features and leaf_coeff");
            int[] f = new int[terms[l]];
            double[] c = new double[terms[l]];
            for (int k = 0; k < f.length; k++, next++) {
                f[k] = whole(features[next], 0, Integer.MAX_VALUE);
                c[k] = real(coefficients[next]);
            }
            tree.linear(l, constant[l], f, c);
        }
    }

    // --- values

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) throw new IllegalArgumentException("'" + name + "' is missing above");
        return value;
    }

    private static String[] words(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? new String[0] : stripped.split("\\s+");
    }

    /** An optional list that is not there, or is empty, counts as zeros. */
    private static String[] list(Map<String, String> block, String name, int wanted, boolean optional) {
        String[] words = words(optional ? block.getOrDefault(name, "") : required(block, name));
        if (optional && words.length == 0) return null;
        if (words.length != wanted)
            throw new IllegalArgumentException(name + " has " + words.length + " values, not " + wanted);
        return words;
    }

    private static double[] reals(Map<String, String> block, String name, int wanted, boolean optional) {
        String[] words = list(block, name, wanted, optional);
        return words == null
                ? new double[wanted]
                : Arrays.stream(words).mapToDouble(LightGbmReader::real).toArray();
    }

    private static int[] wholes(Map<String, String> block, String name, int wanted, boolean optional) {
        String[] words = list(block, name, wanted, optional);
        return words == null
                ? new int[wanted]
                : Arrays.stream(words).mapToInt(w -> whole(w, Integer.MIN_VALUE, Integer.MAX_VALUE)).toArray();
    }

    /** C++ spells infinities and NaN its own way. */
    static double real(String word) {
        try {
            return switch (word) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                case "nan", "-nan" -> Double.NaN;
                default -> Double.parseDouble(word);
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + word + "' is not a number", e);
        }
    }

    private static int whole(String word, int least, int most) {
        try {
            int value = Integer.parseInt(word.strip());
            if (value >= least && value <= most) return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + word + "' is not a whole number", e);
        }
        throw new IllegalArgumentException(word + " is not in " + least + " to " + most);
    }
}
