# Golden values for org.lanewise.linear.ProximalElasticNet: group penalties by the alternating direction method of multipliers in
# numpy, another algorithm than ours; elastic nets by scikit-learn. Run in this folder: /usr/bin/python3 sparse_group.py
import json
import platform

import numpy as np
import sklearn
from sklearn.linear_model import ElasticNet

rng = np.random.default_rng(5)
n, p = 60, 7
names = ["a", "b", "c", "d", "e", "f", "g"]
x = np.round(rng.normal(size=(n, p)) + 0.5 * rng.normal(size=(n, 1)), 3)
y = np.round(x @ [1.5, -1.0, 0.0, 0.4, 0.0, 0.0, 0.2] + 3 + rng.normal(size=n), 3)
w = rng.integers(0, 3, n).astype(float)


def admm(groups, weights, alpha, ratio, penalty, w):
    """Split b into one copy per group and one for the l1 term; iterate until nothing moves."""
    total = w.sum()
    xc, yc = x - w @ x / total, y - w @ y / total
    gram, moment = (xc * w[:, None]).T @ xc / total, xc.T @ (w * yc) / total
    blocks = [np.array([names.index(c) for c in g]) for g in groups] + [np.arange(p)]
    norms = [penalty * v for v in weights]
    rho = 1.0
    counts = np.zeros(p)
    for block in blocks:
        counts[block] += 1
    matrix = gram + alpha * (1 - ratio) * np.eye(p) + rho * np.diag(counts)
    v = [np.zeros(len(block)) for block in blocks]
    u = [np.zeros(len(block)) for block in blocks]
    for _ in range(200000):
        right = moment.copy()
        for block, vi, ui in zip(blocks, v, u):
            right[block] += rho * (vi - ui)
        b = np.linalg.solve(matrix, right)
        moved = 0.0
        for k, block in enumerate(blocks):
            t = b[block] + u[k]
            if k < len(norms):
                length = np.linalg.norm(t)
                new = t * max(0.0, 1 - norms[k] / rho / length) if length > 0 else t
            else:
                new = np.sign(t) * np.maximum(np.abs(t) - alpha * ratio / rho, 0)
            moved = max(moved, np.abs(new - v[k]).max(), np.abs(b[block] - new).max())
            v[k] = new
            u[k] = t - new
        if moved < 1e-14:
            break
    b = v[-1]
    residual = yc - xc @ b
    objective = (w * residual**2).sum() / (2 * total) + alpha * (ratio * np.abs(b).sum() + (1 - ratio) / 2 * b @ b) + sum(
        c * np.linalg.norm(b[block]) for c, block in zip(norms, blocks))
    return dict(groups=groups, weights=weights, alpha=alpha, l1_ratio=ratio, group_penalty=penalty, weighted=bool((w != 1).any()),
                coefficients=b.tolist(), objective=objective)


one = np.ones(n)
apart = [["a", "b"], ["c", "d", "e"], ["f", "g"]]
shared = [["a", "b", "c"], ["c", "d"], ["d", "e", "f", "g"], ["a", "g"]]
group_fits = [admm(apart, [1.0, 1.7, 1.4], 0.05, 0.5, 0.2, one), admm(apart, [1.0, 1.0, 1.0], 0.0, 0.5, 0.8, w),
              admm(shared, [1.0, 1.4, 2.0, 0.5], 0.02, 0.7, 0.25, one), admm(shared, [1.0, 1.0, 1.0, 1.0], 0.1, 1.0, 0.35, w),
              admm(shared, [1.0, 1.0, 1.0, 1.0], 0.0, 0.0, 0.7, one)]


def sklearn_fit(alpha, ratio):
    fit = ElasticNet(alpha=alpha, l1_ratio=ratio, tol=1e-15, max_iter=1000000).fit(x, y)
    return dict(alpha=alpha, l1_ratio=ratio, intercept=fit.intercept_, coefficients=fit.coef_.tolist())


out = dict(made_by=dict(script="sparse_group.py", python=platform.python_version(), numpy=np.__version__, scikit_learn=sklearn.__version__,
                        seed=5),
           columns={c: x[:, j].tolist() for j, c in enumerate(names)}, y=y.tolist(), weights=w.tolist(), group_fits=group_fits,
           sklearn=[sklearn_fit(a, r) for a in (0.5, 0.05, 0.001) for r in (1.0, 0.5, 0.1)])
with open("sparse_group.json", "w") as f:
    json.dump(out, f)
for g in group_fits:
    print(np.round(g["coefficients"], 4))
