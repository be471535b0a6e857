package org.lanewise.boosting.objective;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** The built-in objectives by name. */
final class Objectives {
    static final Objective SQUARED = new Squared();

    private static final Map<String, Function<Parameters, Objective>> BY_NAME = new LinkedHashMap<>();

    static {
        put(p -> SQUARED, "regression", "squared", "l2", "mse", "reg:squarederror");
        put(p -> new Logistic(p.number("sigmoid", 1), false), "binary", "logistic", "binary:logistic");
        put(p -> new Logistic(1, true), "cross_entropy", "xentropy");
        put(p -> new SoftmaxObjective(p.classes()), "multiclass", "softmax", "multi:softprob");
        put(p -> Objective.absolute(), "regression_l1", "absolute", "mae", "l1", "reg:absoluteerror");
        put(p -> Objective.huber(p.number("alpha", 0.9)), "huber");
        put(p -> Objective.quantile(p.number("alpha", 0.9)), "quantile");
        put(p -> Objective.poisson(), "poisson", "count:poisson");
        put(p -> Objective.gamma(), "gamma", "reg:gamma");
        put(p -> Objective.tweedie(p.number("tweedie_variance_power", 1.5)), "tweedie", "reg:tweedie");
        put(p -> Objective.cox(), "cox", "survival:cox");
        put(p -> Objective.aft(p.given().getOrDefault("distribution", "normal"), p.number("scale", 1)), "aft",
                "survival:aft");
        put(p -> Objective.lambdaMart(), "lambdarank", "lambdamart", "rank:ndcg");
        put(p -> new OneVersusAll(p.classes(), p.number("sigmoid", 1)), "multiclassova", "ova", "one_vs_all");
    }

    private Objectives() {}

    private static void put(Function<Parameters, Objective> maker, String... names) {
        for (String name : names) BY_NAME.put(name, maker);
    }

    static Objective parse(String text) {
        String[] words = text.strip().split("\\s+");
        Function<Parameters, Objective> maker = BY_NAME.get(words[0]);
        if (maker == null) {
            throw new IllegalArgumentException(
                    "no objective '" + words[0] + "'; there are " + String.join(", ", new TreeSet<>(BY_NAME.keySet())));
        }
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            int colon = words[i].indexOf(':');
            if (colon > 0) given.put(words[i].substring(0, colon), words[i].substring(colon + 1));
        }
        return maker.apply(new Parameters(text, given));
    }

    /** The {@code name:value} words after an objective's name. */
    record Parameters(String text, Map<String, String> given) {
        double number(String name, double otherwise) {
            String value = given.get(name);
            if (value == null) return otherwise;
            try {
                return Double.parseDouble(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("objective '" + text + "': " + name + " is not a number", e);
            }
        }

        int classes() {
            double n = number("num_class", Double.NaN);
            if (!(n >= 2 && n == Math.rint(n) && n <= 10_000)) {
                throw new IllegalArgumentException("objective '" + text + "' needs num_class:K with K of 2 or more");
            }
            return (int) n;
        }
    }
}
