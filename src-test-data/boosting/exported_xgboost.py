"""What XGBoost predicts with the models this project wrote (model-v1/*.json and *.ubj): exported_xgboost.json.

python3 exported_xgboost.py      (xgboost 1.7.4 of Debian 12)
"""
import json
import os

import numpy as np
import xgboost as xgb

here = os.path.dirname(os.path.abspath(__file__))
rows = json.load(open(os.path.join(here, "xgboost.json")))["rows"]
x = np.array([[np.nan if v is None else v for v in r] for r in rows], dtype=np.float32)
names = ["x0", "x1", "x2", "x3", "x4", "c5", "c6"]
data = xgb.DMatrix(x, feature_names=names, feature_types=["float"] * 5 + ["c"] * 2, enable_categorical=True)
golden = {}
for name in ("regression", "binary", "multiclass", "edges"):
    for suffix in ("json", "ubj"):
        model = xgb.Booster(model_file=os.path.join(here, "model-v1", f"{name}.{suffix}"))
        golden[f"{name}.{suffix}"] = model.predict(data).tolist()
with open(os.path.join(here, "exported_xgboost.json"), "w") as out:
    json.dump(golden, out, separators=(",", ":"))
