package org.lanewise.boosting.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.boosting.objective.Link;

/** What the objectives of the formats mean for predictions. Our names are LightGBM's where it has one. */
final class Objectives {
    /** LightGBM's objectives whose predictions are the score. */
    private static final List<String> IDENTITY = List.of("regression", "regression_l1", "huber", "fair", "quantile",
            "mape", "lambdarank", "rank_xendcg", "custom");
    /** Those whose predictions are exp(score). */
    private static final List<String> EXP = List.of("poisson", "gamma", "tweedie");

    private Objectives() {}

    /** An objective as LightGBM writes it. */
    static Link lightGbmLink(String objective) {
        String word = word(objective);
        if (IDENTITY.contains(word)) {
            if (objective.contains(" sqrt"))
                throw new IllegalArgumentException("objective '" + objective + "' (square of the score) is not known");
            return Link.IDENTITY;
        }
        if (EXP.contains(word)) return Link.EXP;
        return switch (word) {
            case "binary", "multiclassova" -> {
                double slope = parameter(objective, "sigmoid", 1);
                if (!(slope > 0 && slope < Double.POSITIVE_INFINITY))
                    throw new IllegalArgumentException("objective '" + objective + "': sigmoid must be positive");
                yield new Link(Link.Form.LOGISTIC, slope);
            }
            case "cross_entropy" -> Link.LOGISTIC;
            case "multiclass" -> Link.SOFTMAX;
            default -> throw new IllegalArgumentException("objective '" + objective + "' is not known");
        };
    }

    /** Whether LightGBM can load the objective and links it as the model does. */
    static boolean inLightGbm(String objective, Link link) {
        try {
            return lightGbmLink(objective).equals(link);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static String word(String objective) {
        int blank = objective.indexOf(' ');
        return blank < 0 ? objective : objective.substring(0, blank);
    }

    /** The number of {@code name:number} in an objective. */
    static double parameter(String objective, String name, double otherwise) {
        for (String word : objective.split(" ")) {
            if (word.startsWith(name + ":")) {
                try {
                    return Double.parseDouble(word.substring(name.length() + 1));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("objective '" + objective + "': " + name + " is no number", e);
                }
            }
        }
        return otherwise;
    }

    /**
     * One of XGBoost's objectives.
     *
     * @param name      as XGBoost writes it
     * @param ours      our name
     * @param link      from score to prediction
     * @param base      how its base_score becomes a score
     * @param parameter the key of its parameters in the file
     * @param values    those parameters
     */
    record Xgboost(String name, String ours, Link link, Link.Form base, String parameter, Map<String, String> values) {

        /** The score of a base score, which XGBoost keeps as a prediction. */
        double score(double baseScore) {
            return switch (base) {
                case LOGISTIC -> -StrictMath.log(1 / baseScore - 1);
                case EXP -> StrictMath.log(baseScore);
                default -> baseScore;
            };
        }

        /** The base score of score 0. */
        float neutral() {
            return base == Link.Form.LOGISTIC ? 0.5f : base == Link.Form.EXP ? 1 : 0;
        }
    }

    private static final Map<String, String> NO_WEIGHT = Map.of("scale_pos_weight", "1");

    /** The objective of this name in XGBoost; {@code classes} as in the file. */
    static Xgboost ofXgboost(String name, int classes, Map<String, String> parameters) {
        String num = " num_class:" + classes;
        return switch (name) {
            case "reg:squarederror", "reg:linear" -> plain(name, "regression", Link.IDENTITY);
            case "reg:absoluteerror" -> plain(name, "regression_l1", Link.IDENTITY);
            case "reg:squaredlogerror", "reg:pseudohubererror" -> plain(name, "custom", Link.IDENTITY);
            case "reg:quantileerror" -> plain(name, "quantile", Link.IDENTITY);
            case "reg:logistic" -> new Xgboost(name, "cross_entropy", Link.LOGISTIC, Link.Form.LOGISTIC,
                    "reg_loss_param", NO_WEIGHT);
            case "binary:logistic" -> new Xgboost(name, "binary sigmoid:1", Link.LOGISTIC, Link.Form.LOGISTIC,
                    "reg_loss_param", NO_WEIGHT);
            case "binary:logitraw" -> new Xgboost(name, "custom", Link.IDENTITY, Link.Form.LOGISTIC,
                    "reg_loss_param", NO_WEIGHT);
            case "multi:softprob", "multi:softmax" -> new Xgboost(name, "multiclass" + num, Link.SOFTMAX,
                    Link.Form.IDENTITY, "softmax_multiclass_param",
                    Map.of("num_class", Integer.toString(classes)));
            case "count:poisson" -> new Xgboost(name, "poisson", Link.EXP, Link.Form.EXP, "poisson_regression_param",
                    Map.of("max_delta_step", "0.699999988"));
            case "reg:gamma" -> new Xgboost(name, "gamma", Link.EXP, Link.Form.EXP, "reg_loss_param", NO_WEIGHT);
            case "reg:tweedie" -> {
                String power = parameters.getOrDefault("tweedie_variance_power", "1.5");
                yield new Xgboost(name, "tweedie tweedie_variance_power:" + power, Link.EXP, Link.Form.EXP,
                        "tweedie_regression_param", Map.of("tweedie_variance_power", power));
            }
            case "survival:cox" -> new Xgboost(name, "cox", Link.EXP, Link.Form.EXP, "", Map.of());
            case "survival:aft" -> {
                Map<String, String> aft = new LinkedHashMap<>();
                aft.put("aft_loss_distribution", parameters.getOrDefault("aft_loss_distribution", "normal"));
                aft.put("aft_loss_distribution_scale", parameters.getOrDefault("aft_loss_distribution_scale", "1"));
                yield new Xgboost(name, "aft distribution:" + aft.get("aft_loss_distribution") + " scale:"
                        + aft.get("aft_loss_distribution_scale"), Link.EXP, Link.Form.EXP, "aft_loss_param", aft);
            }
            case "rank:pairwise", "rank:ndcg", "rank:map" -> new Xgboost(name, "lambdarank", Link.IDENTITY,
                    Link.Form.IDENTITY, "lambda_rank_param", Map.of());
            default -> throw new IllegalArgumentException("objective '" + name + "' is not known");
        };
    }

    private static Xgboost plain(String name, String ours, Link link) {
        return new Xgboost(name, ours, link, Link.Form.IDENTITY, "reg_loss_param", NO_WEIGHT);
    }

    /**
     * The XGBoost objective of one of ours.
     *
     * @throws IllegalArgumentException if there is none that predicts alike
     */
    static Xgboost toXgboost(String objective, Link link, int scores) {
        String word = word(objective);
        String name = switch (word) {
            case "regression", "huber", "fair", "quantile", "mape", "custom", "pseudohuber" -> "reg:squarederror";
            case "regression_l1" -> "reg:absoluteerror";
            case "binary" -> "binary:logistic";
            case "cross_entropy" -> "reg:logistic";
            case "multiclass" -> "multi:softprob";
            case "poisson" -> "count:poisson";
            case "gamma" -> "reg:gamma";
            case "tweedie" -> "reg:tweedie";
            case "cox" -> "survival:cox";
            case "aft" -> "survival:aft";
            case "lambdarank", "rank_xendcg" -> "rank:pairwise";
            default -> throw new IllegalArgumentException("XGBoost has no objective like '" + objective + "'");
        };
        Map<String, String> parameters = Map.of("tweedie_variance_power",
                shortest(parameter(objective, "tweedie_variance_power", 1.5)));
        Xgboost found = ofXgboost(name, scores, parameters);
        if (found.link().form() != link.form() || scores > 1 && link.form() != Link.Form.SOFTMAX)
            throw new IllegalArgumentException("XGBoost has no objective like '" + objective + "'");
        return found;
    }

    private static String shortest(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
