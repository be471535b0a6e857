# Golden values for org.lanewise.linear.LeastAbsoluteDeviation: the same problem as a linear program, solved by scipy's HiGHS.
# Run in this folder: python3 lad.py
import json
import platform

import numpy as np
import scipy
from scipy.optimize import linprog

rng = np.random.default_rng(23)


def case(n, p):
    x = np.round(rng.normal(10, 3, (n, p)), 2)
    y = np.round(x @ rng.normal(size=p) + 5 + rng.standard_t(2, n), 2)
    design = np.column_stack([np.ones(n), x])
    k = p + 1
    # minimise sum(u + v) subject to design b + u - v = y, u and v not negative.
    out = linprog(np.concatenate([np.zeros(k), np.ones(2 * n)]), A_eq=np.hstack([design, np.eye(n), -np.eye(n)]), b_eq=y,
                  bounds=[(None, None)] * k + [(0, None)] * (2 * n), method="highs")
    return dict(columns={f"x{j}": x[:, j].tolist() for j in range(p)}, y=y.tolist(), intercept=out.x[0],
                coefficients=out.x[1:k].tolist(), objective=out.fun)


with open("lad.json", "w") as f:
    json.dump(dict(made_by=dict(script="lad.py", python=platform.python_version(), numpy=np.__version__, scipy=scipy.__version__, seed=23),
                   cases=[case(31, 1), case(80, 3), case(201, 6)]), f)
