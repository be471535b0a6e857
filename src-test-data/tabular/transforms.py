# Golden values for org.lanewise.tabular.transform, from scikit-learn >= 1.3 (TargetEncoder) and a plain numpy
# expectation-maximisation. Run in this folder with a Python that has scikit-learn: python3 transforms.py
import json
import platform

import numpy as np
import sklearn
from sklearn.feature_extraction import FeatureHasher
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, QuantileTransformer, RobustScaler, StandardScaler, TargetEncoder

rng = np.random.default_rng(5)
n = 60
base = rng.normal(size=n)
x = np.round(np.column_stack([base + rng.normal(size=n), 10 - 3 * base + rng.normal(size=n), rng.gamma(2, 2, n),
                              rng.integers(0, 4, n).astype(float)]), 3)
full = x.copy()
x[rng.random((n, 4)) < 0.15] = np.nan
x[0] = full[0]
fresh = np.round(np.column_stack([rng.normal(size=8) * 2, rng.normal(size=8) * 5, rng.gamma(2, 4, 8), np.arange(8) - 2.0]), 3)


def listed(a):
    return [[None if np.isnan(v) else float(v) for v in row] for row in np.asarray(a).T]


def em(x, rounds):
    """Row by row, with explicit inverses; the same ridge on the standardised scale as the Java class documents."""
    m, s = np.nanmean(x, 0), np.nanstd(x, 0)
    z = (x - m) / s
    mu, cov = np.zeros(z.shape[1]), np.eye(z.shape[1])
    for _ in range(rounds):
        first, second = np.zeros_like(mu), np.zeros_like(cov)
        for row in z:
            mis = np.isnan(row)
            obs = ~mis
            e, c = row.copy(), np.zeros_like(cov)
            b = cov[np.ix_(mis, obs)] @ np.linalg.inv(cov[np.ix_(obs, obs)])
            e[mis] = mu[mis] + b @ (row[obs] - mu[obs])
            c[np.ix_(mis, mis)] = cov[np.ix_(mis, mis)] - b @ cov[np.ix_(obs, mis)]
            first += e
            second += np.outer(e, e) + c
        mu = first / len(z)
        cov = second / len(z) - np.outer(mu, mu) + 1e-6 * np.eye(len(mu))
    out = z.copy()
    for row in out:
        mis = np.isnan(row)
        obs = ~mis
        row[mis] = mu[mis] + cov[np.ix_(mis, obs)] @ np.linalg.inv(cov[np.ix_(obs, obs)]) @ (row[obs] - mu[obs])
    return out * s + m


golden = dict(made_by=dict(script="transforms.py", python=platform.python_version(), numpy=np.__version__,
                           scikit_learn=sklearn.__version__, seed=5), train=listed(x), fresh=listed(fresh),
              conditional=listed(em(x, 30)))
for name, how in (("standard", StandardScaler()), ("min_max", MinMaxScaler()), ("robust", RobustScaler()),
                  ("quantile", QuantileTransformer(n_quantiles=20)),
                  ("quantile_normal", QuantileTransformer(n_quantiles=20, output_distribution="normal"))):
    how.fit(x)
    golden[name] = dict(train=listed(how.transform(x)), fresh=listed(how.transform(fresh)))
for strategy in ("mean", "median", "most_frequent"):
    golden[strategy] = SimpleImputer(strategy=strategy).fit(x).statistics_.tolist()

city = np.array(["Ulm", "Bonn", "Graz", "Zürich"])[rng.choice(4, n, p=[0.5, 0.3, 0.15, 0.05])]
y = np.round(rng.normal(size=n) + (city == "Bonn") * 2, 3)
golden["target"] = dict(city=city.tolist(), y=y.tolist(), fresh=["Ulm", "Rom", "Zürich"])
for name, smooth in (("auto", "auto"), ("fixed", 7.5)):
    t = TargetEncoder(smooth=smooth, target_type="continuous").fit(city[:, None], y)
    golden["target"][name] = t.transform(np.array([["Ulm"], ["Rom"], ["Zürich"]])).ravel().tolist()
classes = (rng.integers(0, 3, n) + (city == "Graz")) % 3
t = TargetEncoder(smooth="auto", target_type="multiclass").fit(city[:, None], classes)
golden["target"].update(classes=classes.tolist(), multiclass=t.transform(np.array([["Ulm"], ["Rom"], ["Zürich"]])).T.tolist())
hashed = FeatureHasher(n_features=16).transform([{"city": c, "code": str(i % 7)} for i, c in enumerate(city)]).toarray()
golden["hashed"] = hashed[:20].tolist()
with open("transforms.json", "w") as out:
    json.dump(golden, out, ensure_ascii=False)
