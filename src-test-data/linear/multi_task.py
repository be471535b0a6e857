# Golden values for org.lanewise.linear.MultiTaskElasticNet, from scikit-learn. Run in this folder: python3 multi_task.py
# The data come from a generator that is exact in double precision, so that they need not be stored.
import json, platform, warnings
import numpy as np
import sklearn
from sklearn.linear_model import MultiTaskElasticNet, enet_path

warnings.filterwarnings("ignore")


def uniforms(seed, count):
    """Park and Miller's minimal standard generator; uniform in (-0.5, 0.5)."""
    u, s = np.empty(count), seed
    for i in range(count):
        s = 16807 * s % 2147483647
        u[i] = s / 2147483647 - 0.5
    return u


def problem(seed, n, p):
    x = uniforms(seed, n * p).reshape(p, n).T
    x[:, 1] = 0.7 * x[:, 0] + 0.3 * x[:, 1]
    noise = uniforms(seed + 1, 3 * n).reshape(3, n).T
    y = np.stack([3 * x[:, 0] - 2 * x[:, 2], 2 * x[:, 0] + x[:, 4] + 5, np.zeros(n)], 1) + 0.5 * noise
    return x, y


def cases(x, y, alphas):
    for ratio, intercept in ((1.0, True), (0.4, True), (0.7, False)):
        fits = []
        for alpha in alphas:
            m = MultiTaskElasticNet(alpha=alpha, l1_ratio=ratio, fit_intercept=intercept, tol=1e-14, max_iter=1000000).fit(x, y)
            used = np.flatnonzero(np.any(m.coef_ != 0, axis=0))
            fits.append({"intercepts": np.broadcast_to(m.intercept_, 3).tolist(), "selected": used.tolist(), "coefficients": m.coef_[:, used].tolist()})
        yield {"l1_ratio": ratio, "intercept": intercept, "alphas": alphas, "fits": fits}


centred = [a - a.mean(axis=0) for a in problem(51, 60, 8)]
out = {"made_by": {"script": "multi_task.py", "python": platform.python_version(), "scikit-learn": sklearn.__version__},
       "few": list(cases(*problem(51, 60, 8), [0.3, 0.1, 0.03, 0.01])),
       "many": list(cases(*problem(61, 40, 300), [0.2, 0.1, 0.04])),
       "automatic": enet_path(*centred, l1_ratio=0.6, n_alphas=5, eps=0.1)[0].tolist()}
with open("multi_task.json", "w") as f:
    json.dump(out, f)
    f.write("\n")
