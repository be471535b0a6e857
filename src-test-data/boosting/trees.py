"""Trees that LightGBM grows, for comparison node by node: writes trees.json.

    python trees.py          # Python 3.11, lightgbm 4.7.0, numpy 2.4.6

Columns have few distinct values, all above 0, so that every value is a bin of its own in any program; a tree then depends on
nothing but the gradients and the rules.
"""
import json
import os
import lightgbm as lgb
import numpy as np

rng = np.random.default_rng(1)
n = 1200
x = np.empty((n, 6))
for j in range(4):
    x[:, j] = np.round(rng.gamma(3, 10, n) + 1)
x[:, 4] = 1 + rng.choice(14, n, p=np.array([14 - i for i in range(14)]) / 105)
x[:, 5] = 1 + rng.choice(3, n)
effect = rng.normal(0, 1, 14)
f = 2 * np.sin(x[:, 0] / 10) + x[:, 1] * (x[:, 2] > 25) / 30 + 0.5 * effect[x[:, 4].astype(int) - 1] + (x[:, 5] == 2) * 0.7
missing = rng.random((n, 2)) < [0.1, 0.3]
f = f + missing[:, 1] * 1.1
x[:, 2:4][missing] = np.nan
noise = rng.normal(0, 0.5, n)
weight = np.round(64 * rng.gamma(4, 0.25, n) + 4) / 64  # exact in float32, as the labels
labels = {
    "regression": np.round((f + noise) * 256) / 256,
    "binary": (f + noise > np.median(f)).astype(float),
    "multiclass": np.digitize(f + noise, np.quantile(f, [0.3, 0.7])).astype(float),
    "counts": rng.poisson(np.exp(f / 2)).astype(float),
}
labels["positive"] = np.round(np.exp(f / 3 + noise) * 256 + 1) / 256
labels["grouped"] = np.round((f + 2 * effect[x[:, 4].astype(int) - 1] + noise) * 256) / 256
base = dict(num_leaves=15, learning_rate=0.1, min_data_in_bin=1, max_bin=255, min_data_in_leaf=20, num_threads=1, verbose=-1,
            enable_bundle=False, force_col_wise=True, deterministic=True, min_data_per_group=30)
# Leaves limited by hessians: LightGBM estimates rows from them, and rounding decides when the limit is on rows.
by_hessian = dict(min_data_in_leaf=1, min_sum_hessian_in_leaf=30)
cases = [
    ("regression", "regression", [], {}),
    ("regression_weights_penalties", "regression", [], dict(lambda_l1=2.0, lambda_l2=3.0, min_gain_to_split=0.5, min_sum_hessian_in_leaf=12)),
    ("regression_categories", "regression", [4, 5], {}),
    ("regression_limits", "regression", [], dict(max_delta_step=0.8, max_depth=4)),
    ("regression_smooth", "regression", [], dict(path_smooth=5.0)),
    ("binary", "binary", [], {}),
    ("sorted_categories", "grouped", [4, 5], dict(objective="regression")),
    ("binary_weights", "binary", [], dict(min_data_in_leaf=1, min_sum_hessian_in_leaf=5)),
    ("multiclass", "multiclass", [4], dict(num_class=3)),
    ("multiclassova", "multiclass", [], dict(objective="multiclassova", num_class=3)),
    ("monotone", "regression", [], dict(monotone_constraints=[0, 1, -1, 0, 0, 0], monotone_constraints_method="basic")),
    ("monotone_intermediate", "regression", [], dict(monotone_constraints=[0, 1, -1, 0, 0, 0], monotone_constraints_method="intermediate")),
    ("l1", "regression", [], dict(objective="regression_l1")),
    ("huber", "regression", [], dict(objective="huber", alpha=0.7)),
    ("quantile", "regression", [], dict(objective="quantile", alpha=0.8)),
    ("poisson", "counts", [], dict(objective="poisson")),
    ("gamma", "positive", [], dict(objective="gamma", **by_hessian)),
    ("tweedie", "counts", [], dict(objective="tweedie", tweedie_variance_power=1.3, **by_hessian)),
]


def numbers(text):
    return [float(v) for v in text.split()] if text else []


def trees(booster):
    out = []
    for block in booster.model_to_string().split("Tree=")[1:]:
        fields = dict(line.split("=", 1) for line in block.splitlines() if "=" in line)
        out.append({k: numbers(fields.get(k, "")) for k in (
            "split_feature", "split_gain", "threshold", "decision_type", "left_child", "right_child", "leaf_value",
            "leaf_count", "internal_count", "cat_boundaries", "cat_threshold")})
    return out


result = {"versions": {"lightgbm": lgb.__version__, "numpy": np.__version__},
          "x": [[None if np.isnan(v) else v for v in col] for col in x.T.tolist()],
          "weight": weight.tolist(), "labels": {k: v.tolist() for k, v in labels.items()}, "cases": {}}
for name, label, categories, extra in cases:
    params = base | dict(objective=extra.get("objective", label)) | extra
    weighted = "weights" in name
    ds = lgb.Dataset(x, labels[label], weight=weight if weighted else None, categorical_feature=categories, params=params)
    booster = lgb.train(params, ds, 3)
    result["cases"][name] = {"label": label, "weighted": weighted, "categories": categories, "parameters": extra,
                             "trees": trees(booster), "raw": np.round(booster.predict(x[:40], raw_score=True), 12).tolist()}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "trees.json")
with open(path, "w") as out:
    json.dump(result, out, separators=(",", ":"))
print(os.path.getsize(path))
