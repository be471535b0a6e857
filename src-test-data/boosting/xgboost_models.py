"""Models of XGBoost and what it predicts with them: xgboost_*.json, xgboost_*.ubj and xgboost.json.

python3 xgboost_models.py      (xgboost 1.7.4 of Debian 12)
"""
import json
import os

import numpy as np
import xgboost as xgb

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(5)


def make(n, outside):
    """Five numbers (two with holes) and two columns of categories, in float32."""
    x = rng.normal(size=(n, 7)).astype(np.float32)
    x[rng.random(n) < 0.2, 1] = np.nan
    x[rng.random(n) < 0.2, 3] = np.nan
    x[:, 5] = rng.integers(0, 6, n)
    x[:, 6] = rng.integers(0, 40, n)
    x[rng.random(n) < 0.1, 6] = np.nan
    if outside:  # what training never saw
        x[rng.random(n) < 0.15, 0] = np.nan
        x[rng.random(n) < 0.1, 5] = np.nan
        x[rng.random(n) < 0.1, 6] = 1000
        x[rng.random(n) < 0.1, 6] = -1
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
    "cox": np.where(noise > 0.5, -1, 1) * np.exp(-0.3 * f + 0.1 * noise),
}
names = ["x0", "x1", "x2", "x3", "x4", "c5", "c6"]
types = ["q"] * 5 + ["c"] * 2
common = dict(max_depth=4, eta=0.3, tree_method="hist", nthread=1, seed=1)
models = {
    "regression": ("regression", dict(objective="reg:squarederror", base_score=1.5)),
    "onehot": ("regression", dict(objective="reg:squarederror", max_cat_to_onehot=50)),
    "binary": ("binary", dict(objective="binary:logistic", base_score=0.3)),
    "multiclass": ("multiclass", dict(objective="multi:softprob", num_class=3)),
    "parallel": ("multiclass", dict(objective="multi:softprob", num_class=3, num_parallel_tree=2, subsample=0.7)),
    "dart": ("binary", dict(objective="binary:logistic", booster="dart", rate_drop=0.5, one_drop=1)),
    "poisson": ("poisson", dict(objective="count:poisson", base_score=0.8)),
    "cox": ("cox", dict(objective="survival:cox")),
}


def rows(x):
    return [[None if np.isnan(v) else float(v) for v in r] for r in np.atleast_2d(x)]


golden = {"rows": rows(test), "models": {}}
for name, (label, extra) in models.items():
    data = xgb.DMatrix(train, labels[label], feature_names=names, feature_types=types, enable_categorical=True)
    model = xgb.train(common | extra, data, num_boost_round=6)
    for suffix in ("json", "ubj"):
        model.save_model(os.path.join(here, f"xgboost_{name}.{suffix}"))
    asked = xgb.DMatrix(test, feature_names=names, feature_types=types, enable_categorical=True)
    golden["models"][name] = {"raw": np.asarray(model.predict(asked, output_margin=True)).tolist(),
                              "predict": np.asarray(model.predict(asked)).tolist(),
                              "leaf": model.predict(asked, pred_leaf=True).reshape(80, -1).astype(int).tolist()}
with open(os.path.join(here, "xgboost.json"), "w") as out:
    json.dump(golden, out, separators=(",", ":"))
