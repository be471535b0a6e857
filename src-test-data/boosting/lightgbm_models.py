"""Models of LightGBM and what it predicts with them: lightgbm_*.txt and lightgbm.json.

python3.11 lightgbm_models.py      (lightgbm 4.7.0, numpy 2)
"""
import json
import os

import lightgbm as lgb
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(5)


def make(n, outside):
    """Five numbers (one often 0, two with holes) and two columns of categories."""
    x = rng.normal(size=(n, 7))
    x[rng.random(n) < 0.3, 2] = 0.0
    x[rng.random(n) < 0.2, 1] = np.nan
    x[rng.random(n) < 0.2, 3] = np.nan
    x[:, 5] = rng.integers(0, 6, n)
    x[:, 6] = rng.integers(0, 40, n)
    x[rng.random(n) < 0.1, 6] = np.nan
    if outside:  # what training never saw
        x[rng.random(n) < 0.15, 0] = np.nan
        x[rng.random(n) < 0.15, 2] = np.nan
        x[rng.random(n) < 0.05, 4] = np.inf
        x[rng.random(n) < 0.05, 4] = 1e-36
        x[rng.random(n) < 0.1, 5] = -1
        x[rng.random(n) < 0.1, 5] = np.nan
        x[rng.random(n) < 0.1, 6] = 1000
        x[rng.random(n) < 0.05, 6] = 3.7
        x[rng.random(n) < 0.05, 6] = -0.4
    return x


train = make(1500, False)
test = make(80, True)
effect = rng.normal(size=40)
f = (1.2 * train[:, 0] * np.nan_to_num(train[:, 1], nan=1.0) + np.sin(2 * train[:, 2]) + (train[:, 5] % 2)
     + effect[np.nan_to_num(train[:, 6]).astype(int)] + np.where(np.isnan(train[:, 3]), 1.0, 0.3 * train[:, 3]))
noise = rng.normal(size=len(f))
labels = {
    "regression": f + 0.3 * noise,
    "binary": (f + noise > 0.5).astype(float),
    "multiclass": np.digitize(f + 0.5 * noise, [-0.5, 1.0]).astype(float),
    "poisson": rng.poisson(np.exp(0.4 * f - 0.5)).astype(float),
}
common = dict(num_leaves=12, learning_rate=0.2, verbose=-1, seed=1, deterministic=True, num_threads=1,
              min_data_in_leaf=10, cat_smooth=1, min_data_per_group=5)
models = {
    "regression": ("regression", dict(objective="regression")),
    "binary": ("binary", dict(objective="binary", sigmoid=0.7)),
    "multiclass": ("multiclass", dict(objective="multiclass", num_class=3)),
    "ova": ("multiclass", dict(objective="multiclassova", num_class=3)),
    "poisson": ("poisson", dict(objective="poisson")),
    "zero": ("regression", dict(objective="regression", zero_as_missing=True)),
    "none": ("regression", dict(objective="regression_l1", use_missing=False)),
    "forest": ("regression", dict(objective="regression", boosting="rf", bagging_freq=1, bagging_fraction=0.6)),
    "dart": ("binary", dict(objective="binary", boosting="dart", drop_rate=0.5, skip_drop=0.2)),
    "linear": ("regression", dict(objective="regression", linear_tree=True)),
    "stump": ("regression", dict(objective="regression", min_data_in_leaf=5000)),
}


def plain(a):
    a = np.asarray(a, dtype=float)
    return [plain(r) for r in a] if a.ndim > 1 else [None if np.isnan(v) else v for v in a]


def rows(x):
    return [[None if np.isnan(v) else ("inf" if np.isinf(v) else v) for v in r] for r in x.tolist()]


golden = {"rows": rows(test), "models": {}}
for name, (label, extra) in models.items():
    categorical = [] if name == "linear" else [5, 6]
    data = lgb.Dataset(train, labels[label], categorical_feature=categorical, params=common | extra,
                       feature_name=["x0", "x1", "x2", "x3", "x4", "c5", "c6"])
    model = lgb.train(common | extra, data, num_boost_round=6)
    model.save_model(os.path.join(here, f"lightgbm_{name}.txt"))
    entry = {"raw": plain(model.predict(test, raw_score=True)), "predict": plain(model.predict(test)),
             "leaf": [[int(v) for v in r] for r in np.atleast_2d(model.predict(test, pred_leaf=True).reshape(80, -1))]}
    if name != "linear":
        entry["contrib"] = plain(model.predict(test, pred_contrib=True)[:20])
    golden["models"][name] = entry
with open(os.path.join(here, "lightgbm.json"), "w") as out:
    json.dump(golden, out, separators=(",", ":"))
