"""Trees with linear leaves that LightGBM trains, for comparison: writes linear_trees.json.

    python linear_trees.py          # Python 3.11, lightgbm 4.7.0, numpy 2.4.6

Values are few, whole and above 0, so that they are bins of their own and exact in float32, which LightGBM keeps.
"""
import json
import os
import lightgbm as lgb
import numpy as np

rng = np.random.default_rng(2)
n = 500
x = np.empty((n, 4))
for j in range(3):
    x[:, j] = np.round(rng.gamma(3, 6, n) + 1)
x[:, 3] = 1 + rng.choice(4, n)
effect = np.array([0, 2.0, -1.0, 0.5])
y = 0.2 * x[:, 0] + np.where(x[:, 1] > 15, 0.3, -0.1) * x[:, 2] + effect[x[:, 3].astype(int) - 1] + rng.normal(0, 0.5, n)
y = np.round(y * 256) / 256
x[rng.random(n) < 0.1, 2] = np.nan
labels = {"regression": y, "binary": (y > np.median(y)).astype(float)}
result = {"versions": {"lightgbm": lgb.__version__, "numpy": np.__version__},
          "x": [[None if np.isnan(v) else v for v in col] for col in x.T.tolist()],
          "labels": {k: v.tolist() for k, v in labels.items()}, "cases": []}
for objective, ridge in [("regression", 0.0), ("regression", 5.0), ("binary", 1.0)]:
    params = dict(objective=objective, linear_tree=True, linear_lambda=ridge, num_leaves=6, learning_rate=0.3,
                  min_data_in_leaf=20, min_data_in_bin=1, num_threads=1, verbose=-1, deterministic=True, force_col_wise=True)
    data = lgb.Dataset(x, labels[objective], categorical_feature=[3], params=params)
    booster = lgb.train(params, data, 4)
    result["cases"].append({"objective": objective, "lambda": ridge,
                            "raw": np.round(booster.predict(x, raw_score=True), 12).tolist()})
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "linear_trees.json")
with open(path, "w") as out:
    json.dump(result, out, separators=(",", ":"))
print(os.path.getsize(path))
