"""Predictions of model-v1 by an independent implementation: python3 model_v1.py > model_v1.csv (Python 3.11, standard library).

model-v1 was written by `lanewise mheight train --variant t2` (seed 42, version 0.1.0). The formulas are those of MinorNetwork's
Javadoc; the codes are the finite ones of length 9 in golden.csv.
"""
import csv
import itertools
import json
import math
import struct


def tensors(path):
    data = open(path, "rb").read()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    values = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            values[name[2:]] = struct.unpack(f"<{(end - start) // 4}f", data[8 + size + start:8 + size + end])
    return values


def det(a):
    if not a:
        return 1.0
    return sum((-1) ** c * a[0][c] * det([row[:c] + row[c + 1:] for row in a[1:]]) for c in range(len(a)) if a[0][c])


def soft(values, temperature):
    top = max(v * temperature for v in values)
    return (top + math.log(sum(math.exp(v * temperature - top) for v in values))) / temperature


def predict(w, n, k, p):
    g = [[float(i == j) for j in range(k)] + p[i] for i in range(k)]
    d = {s: abs(det([[row[c] for c in s] for row in g])) for s in itertools.combinations(range(n), k)}
    largest = max(d.values())
    x = {frozenset(s): max(-60.0, math.log(v / largest)) if v else -60.0 for s, v in d.items()}
    temperature = {name: [math.exp(v) for v in w[f"{name}{k}"]] for name in ("sum", "minima", "maxima")}
    state = {}
    for u in map(frozenset, itertools.combinations(range(n), k + 1)):
        for j in u:
            state[u, j] = soft([x[u - {i}] for i in u - {j}], temperature["sum"][0]) - x[u - {j}]
    heights = [0.0] * (n - k)
    for level in range(n - k):
        if level > 0:
            larger = {}
            for s in itertools.combinations(range(n), k + 1 + level):
                for j in s:
                    others = [t for t in s if t != j][:k + 1]
                    larger[frozenset(s), j] = soft([state[frozenset(s) - {t}, j] for t in others],
                                                   -temperature["minima"][level - 1])
            state = larger
        m = n - k - level
        top = soft(list(state.values()), temperature["maxima"][m - 1])
        heights[m - 1] = (w[f"scale{k}"][m - 1] * top + w[f"shift{k}"][m - 1]) / math.log(2)
    return heights


weights = tensors("model-v1/weights.safetensors")
print("case,log2_heights")
for row in csv.DictReader(open("golden.csv")):
    n, k = int(row["n"]), int(row["k"])
    if n == 9 and 4 <= k <= 6 and "inf" not in row["heights"]:
        p = [[float(v) for v in line.split()] for line in row["p"].split(";")]
        print(f"{row['case']},{' '.join(f'{h:.6f}' for h in predict(weights, n, k, p))}")
