# Golden values for org.lanewise.tabular.metrics, from scikit-learn and numpy. Run in this folder: /usr/bin/python3 metrics.py
import json
import platform

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (average_precision_score, brier_score_loss, log_loss, mean_absolute_error, mean_squared_error,
                             r2_score, roc_auc_score)

rng = np.random.default_rng(11)
n = 150
y = rng.integers(0, 2, n)
p = np.round(1 / (1 + np.exp(-(1.2 * y - 0.8 + rng.normal(size=n)))), 2)  # rounded: many ties
counts = rng.integers(0, 4, n)
edges = np.minimum(9, (p * 10).astype(int))
ece = sum(abs(p[edges == b].mean() - y[edges == b].mean()) * (edges == b).sum() for b in range(10) if (edges == b).any()) / n
line = LogisticRegression(penalty=None, tol=1e-12, max_iter=10000).fit(np.log(p / (1 - p))[:, None], y)
binary = dict(probability=p.tolist(), outcome=y.tolist(), counts=counts.tolist(), roc_auc=roc_auc_score(y, p),
              pr_auc=average_precision_score(y, p), log_loss=log_loss(y, p), brier=brier_score_loss(y, p), ece=ece,
              slope=line.coef_[0, 0], intercept=line.intercept_[0],
              weighted_roc_auc=roc_auc_score(y, p, sample_weight=counts),
              weighted_pr_auc=average_precision_score(y, p, sample_weight=counts))

actual = np.round(rng.normal(50, 10, 60), 1)
predicted = np.round(actual * 0.7 + 12 + rng.normal(0, 5, 60), 2)
times = rng.integers(0, 3, 60)
a, q = np.repeat(actual, times), np.repeat(predicted, times)
regression = dict(predicted=predicted.tolist(), actual=actual.tolist(), counts=times.tolist(), mae=mean_absolute_error(a, q),
                  rmse=mean_squared_error(a, q) ** 0.5, r=np.corrcoef(a, q)[0, 1], r2=r2_score(a, q), mean_error=(q - a).mean(),
                  median_guess_mae=np.abs(a - np.median(a)).mean())
with open("metrics.json", "w") as out:
    json.dump(dict(made_by=dict(script="metrics.py", python=platform.python_version(), numpy=np.__version__,
                                scikit_learn=sklearn.__version__, seed=11), binary=binary, regression=regression), out, indent=1)
