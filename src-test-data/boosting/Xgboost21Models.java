import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Models of a newer XGBoost and what it predicts with them on the rows of xgboost.json: xgboost21_*.json, xgboost21_*.ubj and
 * xgboost21.json. Run with xgboost4j_2.13 2.1.4, kryo, commons-logging and jackson-databind 3 on the class path:
 *
 * java -cp ... Xgboost21Models.java
 */
public final class Xgboost21Models {
    private static final String[] NAMES = {"x0", "x1", "x2", "x3", "x4", "c5", "c6"};
    private static final String[] TYPES = {"float", "float", "float", "float", "float", "c", "c"};

    private static DMatrix matrix(float[] x) throws Exception {
        DMatrix data = new DMatrix(x, x.length / 7, 7, Float.NaN);
        data.setFeatureNames(NAMES);
        data.setFeatureTypes(TYPES);
        return data;
    }

    public static void main(String[] args) throws Exception {
        JsonNode rows = JsonMapper.shared().readTree(Path.of("xgboost.json")).get("rows");
        float[] asked = new float[rows.size() * 7];
        for (int i = 0; i < asked.length; i++) {
            JsonNode value = rows.get(i / 7).get(i % 7);
            asked[i] = value.isNull() ? Float.NaN : (float) value.asDouble();
        }
        Random random = new Random(1);
        int n = 800;
        float[] x = new float[n * 7];
        float[][] label = new float[2][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 5; j++) x[i * 7 + j] = (float) random.nextGaussian();
            x[i * 7 + 5] = random.nextInt(6);
            x[i * 7 + 6] = random.nextInt(40);
            double f = x[i * 7] * x[i * 7 + 1] + x[i * 7 + 5] % 2 + (x[i * 7 + 6] * 7 % 11) / 5;
            label[0][i] = (float) Math.exp(f / 3);
            label[1][i] = f > 2.5 ? 2 : f > 1 ? 1 : 0;
            if (random.nextInt(6) == 0) x[i * 7 + 1] = Float.NaN;
            if (random.nextInt(9) == 0) x[i * 7 + 6] = Float.NaN;
        }
        StringBuilder golden = new StringBuilder();
        String[] objectives = {"reg:gamma", "multi:softprob"};
        for (int m = 0; m < 2; m++) {
            DMatrix train = matrix(x);
            train.setLabel(label[m]);
            Map<String, Object> params = new HashMap<>(Map.of("objective", objectives[m], "max_depth", 3, "tree_method",
                    "hist", "eta", 0.3, "nthread", 1));
            if (m == 1) params.put("num_class", 3);
            Booster model = XGBoost.train(train, params, 4, new HashMap<>(), null, null);
            String name = "xgboost21_" + objectives[m].substring(objectives[m].indexOf(':') + 1);
            model.saveModel(name + ".json");
            model.saveModel(name + ".ubj");
            golden.append(m == 0 ? "{\"" : ",\"").append(name).append("\":")
                    .append(JsonMapper.shared().writeValueAsString(model.predict(matrix(asked))));
        }
        Files.writeString(Path.of("xgboost21.json"), golden.append('}'));
    }
}
