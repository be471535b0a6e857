"""What LightGBM predicts with the models this project wrote (model-v1/*.txt): exported_lightgbm.json.

python3.11 exported_lightgbm.py      (lightgbm 4.7.0)
"""
import json
import os

import lightgbm as lgb
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
rows = json.load(open(os.path.join(here, "xgboost.json")))["rows"]
x = np.array([[np.nan if v is None else v for v in r] for r in rows])
golden = {}
for name in ("regression", "binary", "multiclass", "edges"):
    model = lgb.Booster(model_file=os.path.join(here, "model-v1", name + ".txt"))
    golden[name] = {"predict": model.predict(x).tolist(), "contrib": model.predict(x[:10], pred_contrib=True).tolist()}
with open(os.path.join(here, "exported_lightgbm.json"), "w") as out:
    json.dump(golden, out, separators=(",", ":"))
