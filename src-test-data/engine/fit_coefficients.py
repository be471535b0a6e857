"""Fits the polynomials of org.lanewise.engine.kernels.FloatMath.

Each is the polynomial of least maximal relative error on its interval, found by Lawson's reweighted least squares on
Chebyshev nodes in 40-digit arithmetic; leading coefficients that must be exact are held fixed. Coefficients are rounded
to float from the highest order down, the rest refitted after each rounding.

    python3 fit_coefficients.py          (Python 3.11, mpmath, numpy)
"""
import mpmath as mp
import numpy as np

mp.mp.dps = 40


def fit(name, target, weight, lo, hi, degree, points=400):
    """Coefficients c of sum c[i] x^i ~ target(x), least maximum of |error * weight|."""
    x = [(mp.mpf(lo) + hi) / 2 + (mp.mpf(hi) - lo) / 2 * mp.cos(mp.pi * (i + 0.5) / points) for i in range(points)]
    y = np.array([target(v) for v in x], dtype=object)
    w = np.array([weight(v) for v in x], dtype=object)
    fixed = {}
    for rounding in range(degree, -1, -1):
        free = [i for i in range(degree + 1) if i not in fixed]
        coefs = lawson(x, y - sum((fixed[i] * np.array([v ** i for v in x], dtype=object) for i in fixed), 0 * y), w, free)
        for i, c in zip(free, coefs):
            if i == rounding:
                fixed[i] = mp.mpf(float(np.float32(float(c))))
    error = max(abs((sum(fixed[i] * v ** i for i in fixed) - t) * u) for v, t, u in zip(x, y, w))
    print(f"{name}: [{lo}, {hi}], largest weighted error {mp.nstr(error, 3)} = 2^{mp.nstr(mp.log(error, 2), 4)}")
    for i in range(degree, -1, -1):
        print(f"    c{i} = {np.float32(float(fixed[i]))!r}  {float(fixed[i]).hex()}")


def lawson(x, y, w, free, rounds=60):
    basis = np.array([[float(v) ** i for i in free] for v in x])
    w = np.array([float(v) for v in w])
    y = np.array([float(v) for v in y])
    lam = np.ones(len(x)) / len(x)
    best, best_error = None, np.inf
    for _ in range(rounds):
        s = np.sqrt(lam) * w
        c = np.linalg.lstsq(basis * s[:, None], y * s, rcond=None)[0]
        e = np.abs((basis @ c - y) * w)
        if e.max() < best_error:
            best, best_error = c, e.max()
        lam = lam * (e + 1e-30)
        lam /= lam.sum()
    return best


LN2 = mp.log(2)
H = LN2 / 2 * mp.mpf("1.01")
# exp(r) = 1 + r + r^2 q(r)
fit("EXP", lambda r: (mp.expm1(r) - r) / r ** 2 if abs(r) > 1e-12 else mp.mpf(1) / 2,
    lambda r: r ** 2 / mp.exp(r), -H, H, 4)
# expm1(r) = r + r^2 q(r), relative to expm1
fit("EXPM1", lambda r: (mp.expm1(r) - r) / r ** 2 if abs(r) > 1e-12 else mp.mpf(1) / 2,
    lambda r: abs(r ** 2 / mp.expm1(r)) if r != 0 else 0, -H, H, 5)
# log(1 + f) = f + f^2 q(f), f in [-1/3, 1/3]
fit("LOG", lambda f: (mp.log1p(f) - f) / f ** 2 if abs(f) > 1e-12 else -mp.mpf(1) / 2,
    lambda f: abs(f ** 2 / mp.log1p(f)) if f != 0 else 0, -mp.mpf(1) / 3, mp.mpf(1) / 3, 8)
# tanh(x) = x + x s q(s), s = x^2, |x| <= 0.6
fit("TANH", lambda s: (mp.tanh(mp.sqrt(s)) / mp.sqrt(s) - 1) / s if s > 1e-14 else -mp.mpf(1) / 3,
    lambda s: s, mp.mpf("1e-9"), mp.mpf("0.36"), 4)
# erf(x) = x (c0 + s q(s)), s = x^2, |x| <= 0.95; split c0 - 1 so that x + x p(s)
fit("ERF_NEAR", lambda s: mp.erf(mp.sqrt(s)) / mp.sqrt(s) - 1, lambda s: mp.mpf(1), mp.mpf("1e-9"), mp.mpf("0.9025"), 6)
# erfc(x) = exp(-x - x p(x)), 0.95 <= x <= 4.1: weight = size of the absolute error of erfc relative to erf
fit("ERF_FAR", lambda x: -mp.log(mp.erfc(x)) / x - 1, lambda x: x * mp.erfc(x), mp.mpf("0.94"), mp.mpf("4.1"), 7)
