# Golden values for multiclass, ranking, deviance, threshold and calibration scores, from scikit-learn.
# Run in this folder: /usr/bin/python3 scores.py
import json
import platform

import numpy as np
import sklearn
from sklearn import metrics as m
from sklearn.calibration import calibration_curve

rng = np.random.default_rng(3)
n, k = 90, 4
y = rng.integers(0, k, n)
logit = rng.normal(size=(n, k)) + 1.3 * np.eye(k)[y]
prob = np.exp(logit) / np.exp(logit).sum(1, keepdims=True)
w = rng.integers(0, 4, n).astype(float)
pred = prob.argmax(1)


def multi(w):
    return dict(accuracy=m.accuracy_score(y, pred, sample_weight=w),
                balanced_accuracy=m.balanced_accuracy_score(y, pred, sample_weight=w),
                macro_f1=m.f1_score(y, pred, average="macro", sample_weight=w),
                weighted_f1=m.f1_score(y, pred, average="weighted", sample_weight=w),
                mcc=m.matthews_corrcoef(y, pred, sample_weight=w), log_loss=m.log_loss(y, prob, sample_weight=w),
                macro_roc_auc=m.roc_auc_score(y, prob, multi_class="ovr", sample_weight=w),
                weighted_roc_auc=m.roc_auc_score(y, prob, multi_class="ovr", average="weighted", sample_weight=w),
                kappa=m.cohen_kappa_score(y, pred, weights="quadratic", sample_weight=w),
                confusion=m.confusion_matrix(y, pred, sample_weight=w).tolist())


b = rng.integers(0, 2, n)
p = np.round(np.clip(0.5 * b + 0.6 * rng.random(n) - 0.05, 0.01, 0.99), 3) + 0.0005  # none on the edge of a bin
yes = p >= 0.4
binary = dict(probability=p.tolist(), outcome=b.tolist(), threshold=0.4, accuracy=m.accuracy_score(b, yes, sample_weight=w),
              balanced_accuracy=m.balanced_accuracy_score(b, yes, sample_weight=w),
              precision=m.precision_score(b, yes, sample_weight=w), recall=m.recall_score(b, yes, sample_weight=w),
              f1=m.f1_score(b, yes, sample_weight=w), mcc=m.matthews_corrcoef(b, yes, sample_weight=w))
for strategy in ("uniform", "quantile"):
    true, mean = calibration_curve(b, p, n_bins=5, strategy=strategy)
    binary[strategy] = dict(observed=true.tolist(), mean=mean.tolist())

fpr, tpr, cuts = m.roc_curve(b, np.round(p, 1), drop_intermediate=False, sample_weight=w)
precision, _, _ = m.precision_recall_curve(b, np.round(p, 1), sample_weight=w)
binary.update(fpr=fpr.tolist(), tpr=tpr.tolist(), cuts=cuts[1:].tolist(), precision_curve=precision.tolist(),
              weighted_log_loss=m.log_loss(b, p, sample_weight=w), weighted_brier=m.brier_score_loss(b, p, sample_weight=w))

actual = np.round(rng.gamma(2, 3, n), 2)
guess = np.round(actual * np.exp(rng.normal(0, 0.4, n)) + 0.05, 3)
regression = dict(actual=actual.tolist(), predicted=guess.tolist(), mse=m.mean_squared_error(actual, guess, sample_weight=w),
                  mae=m.mean_absolute_error(actual, guess, sample_weight=w), r2=m.r2_score(actual, guess, sample_weight=w),
                  mape=m.mean_absolute_percentage_error(actual, guess, sample_weight=w),
                  pinball=m.mean_pinball_loss(actual, guess, alpha=0.8, sample_weight=w),
                  poisson=m.mean_poisson_deviance(np.floor(actual), guess, sample_weight=w),
                  gamma=m.mean_gamma_deviance(actual, guess, sample_weight=w),
                  **{f"tweedie{q}": m.mean_tweedie_deviance(actual, guess, power=q, sample_weight=w) for q in (-1, 0, 1.5, 3)})

starts = [0, 7, 8, 30, 41, 60, 90]
score = np.round(rng.normal(size=n), 1)  # rounded: ties
rel = rng.integers(0, 4, n) * (rng.random(n) < 0.6)
rel[7] = 0  # a query with nothing relevant
ranking = dict(starts=starts, score=score.tolist(), relevance=rel.tolist(), order_score=(score + np.arange(n) * -1e-6).tolist())
for name, gains in (("linear", rel), ("exponential", 2.0 ** rel - 1)):
    for at in (3, 10):
        ranking[f"{name}{at}"] = [m.ndcg_score(gains[None, s:e], score[None, s:e], k=at) if e - s > 1 else None
                                  for s, e in zip(starts, starts[1:])]
reciprocal, average = [], []
for s, e in zip(starts, starts[1:]):
    hit = rel[s:e][np.argsort(-score[s:e], kind="stable")] > 0
    reciprocal.append(1 / (1 + hit.argmax()) if hit.any() else None)
    precision = np.cumsum(hit) / (1 + np.arange(len(hit)))
    average.append((precision * hit)[:5].sum() / min(5, hit.sum()) if hit.any() else None)
    if hit.any():  # over the whole list it is scikit-learn's score of a strictly falling order
        full = (precision * hit).sum() / hit.sum()
        assert abs(full - m.average_precision_score(hit, -np.arange(len(hit)))) < 1e-12
ranking.update(reciprocal_rank=reciprocal, average_precision5=average)
with open("scores.json", "w") as out:
    json.dump(dict(made_by=dict(script="scores.py", python=platform.python_version(), numpy=np.__version__,
                                scikit_learn=sklearn.__version__, seed=3), weights=w.tolist(),
                   multiclass=dict(probability=np.round(prob, 17).ravel().tolist(), actual=y.tolist(), plain=multi(None), weighted=multi(w)),
                   binary=binary, regression=regression, ranking=ranking), out, indent=1)
