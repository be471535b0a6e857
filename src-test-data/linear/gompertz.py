# Golden values for org.lanewise.linear.GompertzRegression: the likelihood in numpy, its gradient by complex steps, the root by
# scipy. Run in this folder: python3 gompertz.py
import json
import platform

import numpy as np
import scipy
from scipy.optimize import minimize, root


def log_likelihood(theta, d, l2):
    log_a, b, beta = theta[0], theta[1], theta[2:]
    eta = log_a + d["x"] @ beta
    growth = (np.exp(b * d["time"]) - np.exp(b * d["entry"])) / b if b != 0 else d["time"] - d["entry"]
    return np.sum(d["w"] * (d["status"] * (eta + b * d["time"]) - np.exp(eta) * growth)) - l2 / 2 * np.sum(beta * beta)


def gradient(theta, d, l2):
    g = np.empty(len(theta))
    for j in range(len(theta)):
        moved = np.asarray(theta, dtype=complex)
        moved[j] += 1e-30j
        g[j] = log_likelihood(moved, d, l2).imag / 1e-30
    return g


def fit(d, l2=0.0):
    # Unit-free parameters keep the optimiser happy: columns by their spread, time by its maximum.
    scale = np.concatenate([[1, 1 / d["time"].max()], 1 / d["x"].std(axis=0)])
    start = np.zeros(len(scale))
    start[0] = np.log((d["w"] * d["status"]).sum() / (d["w"] * (d["time"] - d["entry"])).sum())
    start[1] = 1e-3
    rough = minimize(lambda u: -log_likelihood(u * scale, d, l2), start, jac=lambda u: -gradient(u * scale, d, l2) * scale,
                     method="BFGS", options=dict(gtol=1e-6, maxiter=1000))
    exact = root(lambda u: gradient(u * scale, d, l2) * scale, rough.x, tol=1e-14)
    theta = exact.x * scale
    information = np.empty((len(theta), len(theta)))
    for j in range(len(theta)):
        h = 1e-5 * scale[j]
        up, down = theta.copy(), theta.copy()
        up[j] += h
        down[j] -= h
        information[j] = -(gradient(up, d, l2) - gradient(down, d, l2)) / (2 * h)
    errors = np.sqrt(np.diag(np.linalg.inv((information + information.T) / 2)))
    return dict(log_a=theta[0], b=theta[1], coefficients=theta[2:].tolist(), standard_errors=errors[2:].tolist(), b_error=errors[1],
                log_likelihood=log_likelihood(theta, d, 0.0))


def data(rng, n, b, beta, censor, truncated, weighted):
    x = np.column_stack([np.round(rng.normal(50, 10, n), 1), rng.integers(0, 2, n), np.round(rng.normal(0, 0.3, n), 3)])
    eta = (x - [50, 0, 0]) @ beta
    entry = np.round(rng.uniform(0, 3, n), 2) if truncated else np.zeros(n)
    # Invert H(t) - H(entry) = exponential draw.
    draw = rng.exponential(size=n) / (0.02 * np.exp(eta))
    time = np.log(np.exp(b * entry) + b * draw) / b if b > 0 else entry + draw
    time = np.where(np.isfinite(time), time, 1e9)
    end = entry + np.round(rng.uniform(0.5, censor, n), 2)
    return dict(x=x, time=np.maximum(np.round(np.minimum(time, end), 3), entry + 0.001), status=(time <= end).astype(float), entry=entry,
                w=rng.integers(0, 4, n) / 2 if weighted else np.ones(n))


rng = np.random.default_rng(17)
cases = dict(rising=data(rng, 150, 0.25, np.array([0.04, 0.5, -1.0]), 15, False, False),
             flat=data(rng, 120, 0.0, np.array([0.02, -0.5, 0.4]), 20, False, False),
             truncated=data(rng, 150, 0.3, np.array([0.05, 0.3, 0.8]), 12, True, True))
out = {}
for name, d in cases.items():
    out[name] = dict(columns=dict(age=d["x"][:, 0].tolist(), sex=d["x"][:, 1].tolist(), marker=d["x"][:, 2].tolist()),
                     time=d["time"].tolist(), status=d["status"].tolist(), entry=d["entry"].tolist(), weights=d["w"].tolist(),
                     fit=fit(d), ridge=dict(l2=3.0, fit=fit(d, 3.0)))
with open("gompertz.json", "w") as f:
    json.dump(dict(made_by=dict(script="gompertz.py", python=platform.python_version(), numpy=np.__version__, scipy=scipy.__version__,
                                seed=17), cases=out), f, indent=1)
