"""Golden rows of the published synthetic cohort, drawn with numpy's own legacy generator (numpy 1.x or 2.x).

    python3 published_generator.py > published_generator.csv

First 20 rows and the last of 10,000 with seed 42, then one row named "sum" with the sums of the columns.
"""
import math
import numpy as np

n = 10_000
rs = np.random.RandomState(42)
age = np.clip(rs.normal(55, 10, n), 40, 70)
sex = rs.binomial(1, 0.5, n)
laws = [
    ("crp", "log", 0.7, 0.8, 0.1, 10), ("hba1c", "", 36, 6, 20, 120), ("creatinine", "", 70, 15, 40, 150),
    ("albumin", "", 45, 3, 35, 50), ("lymphocyte_pct", "", 30, 7, 15, 45), ("rdw", "", 13, 1, 11, 16),
    ("ggt", "log", 3.4, 0.7, 10, 300), ("ast", "", 25, 10, 10, 100), ("alt", "", 30, 12, 10, 100),
]
columns = [np.clip((rs.lognormal if kind == "log" else rs.normal)(m, s, n), lo, hi) for _, kind, m, s, lo, hi in laws]
for k, law in enumerate(laws):
    columns[k] = columns[k] + (age - 55) * rs.normal(0.1, 0.05)
    if law[0] in ("creatinine", "ast", "alt"):
        columns[k] = columns[k] + sex * rs.normal(5, 2)
    elif law[0] == "albumin":
        columns[k] = columns[k] - (1 - sex) * rs.normal(1, 0.5)
hazard = 0.001 * np.exp(0.05 * (age - 55) + 0.1 * (columns[0] > 3) + 0.1 * (columns[1] > 42) + 0.1 * (columns[2] > 90))
time = np.clip(rs.exponential(1 / hazard), 0.1, 10)
event = rs.binomial(1, 0.2, n)

print(",".join(["row", "age", "sex"] + [law[0] for law in laws] + ["time", "event"]))
everything = [age, sex, *columns, time, event]
for i in [*range(20), n - 1]:
    print(",".join([str(i)] + [repr(float(c[i])) for c in everything]))
print(",".join(["sum"] + [repr(math.fsum(map(float, c))) for c in everything]))
