"""Results of NumPy (and, for topk, of PyTorch) for the tensor operations whose rules are easiest to get wrong.

Run: python3 operations.py (Python 3.11, numpy 2.4.6, torch 2.13.0). Writes operations.npz; the names of its entries say
what they hold: "operand bij" is the operand of that term, "einsum bij,bjk->bik" the result.
"""
import os

import numpy as np
import torch

os.chdir(os.path.dirname(os.path.abspath(__file__)))
rng = np.random.default_rng(20250101)
out = {}

EQUATIONS = ["ij,jk->ik", "ij,kj->ik", "ji,jk->ik", "bij,bjk->bik", "bhqd,bhkd->bhqk", "bhqk,bhkd->bhqd", "i,i->", "i,j->ij",
             "ij->ji", "ij->", "ij->j", "ii->", "ii->i", "iij->ij", "ij,ij->ij", "ij,j->i", "bij,ij->b", "bij,bij->ij",
             "ab,bc,cd->ad", "ij,jk", "ba", "bqhd,bkhd->bhqk", "nd,md->nm", "ij,kl->ikjl", "i,ij,j->", "ijk,k->ji"]
SIZES = dict(zip("abcdhijklmnq", (3, 2, 4, 5, 3, 4, 5, 6, 2, 3, 4, 3)))
for equation in EQUATIONS:
    terms = equation.split("->")[0].split(",")
    for term in terms:
        if "operand " + term not in out:
            out["operand " + term] = rng.standard_normal([SIZES[c] for c in term]).astype("f4")
    out["einsum " + equation] = np.einsum(equation, *[out["operand " + t].astype("f8") for t in terms]).astype("f4")

for a, b in [((2, 1, 4), (3, 1)), ((1,), (2, 3)), ((5, 1, 2), (1, 3, 1)), ((), (4,)), ((3, 0), (1, 1)), ((2, 1, 1, 3), (4, 1))]:
    x, y = rng.standard_normal(a).astype("f4"), rng.standard_normal(b).astype("f4")
    name = f"{list(a)} {list(b)}"
    out["left " + name], out["right " + name] = x, y
    out["sub " + name] = np.asarray(x - y)
    out["div " + name] = np.asarray(x / y)
    out["maximum " + name] = np.asarray(np.maximum(x, y))

values = np.round(rng.standard_normal((4, 40)) * 3).astype("f4") / 2
values[0, ::7] = np.nan
values[1, 3:20:5] = np.inf
values[1, 4:20:5] = -np.inf
values[2, ::3] = -0.0
out["ties"] = values
out["sorted ties"] = np.sort(values, axis=1, kind="stable")
out["argsort ties"] = np.argsort(values, axis=1, kind="stable").astype("f4")
out["argmax ties"] = np.argmax(values, axis=1).astype("f4")
out["topk ties"] = torch.topk(torch.tensor(values), 9, dim=1).values.numpy()
out["torch descending ties"] = torch.sort(torch.tensor(values), dim=1, descending=True, stable=True).indices.numpy().astype("f4")

np.savez_compressed("operations.npz", **out)
