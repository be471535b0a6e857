"""Exact m-heights from the definition, for ExactSolverTest: python3 golden.py > golden.csv (Python 3.11, standard library).

h_m(c) = largest / (m+1)-th largest magnitude of a word. The greatest h_m over all words is taken by one of the finitely many
words of which k entries, on independent columns K, are +1 or -1 (a vertex of {u : |g_t u| <= 1}); all of them are tried, in
rational arithmetic. It is infinite where some n - m columns have a rank below k. No minors are used.
"""
import itertools
import random
from fractions import Fraction

# A: the course's template; B, C, D: integers of its first data set; E, F: codes of small height found by search;
# G, H, I, J: infinite last height, J with a zero entry; K real; L = K with P/10; M needs words with both signs; N found by CodeSearch
CASES = {
    "A": (5, 2, "0.4759809 0.9938236 0.819425; -0.8960798 -0.7442706 0.3345122"),
    "B": (9, 4, "-6 -35 29 59 -1; 33 45 -63 10 -29; 4 36 -38 29 36; 52 -38 60 5 61"),
    "C": (9, 5, "50 60 35 27; -57 -17 38 46; 41 3 -42 -36; -39 64 -43 -42; -56 47 11 -15"),
    "D": (9, 6, "48 4 -56; 55 23 16; -10 -42 17; 35 -51 1; -19 62 4; 32 -36 5"),
    "E": (9, 5, "-6 5 -4 2; -4 5 -1 -4; 2 3 -4 -8; 4 -1 -3 -4; -3 3 1 -2"),
    "F": (9, 5, "-5 4 -4 3; -3 5 -1 -4; 3 2 -5 -8; 4 -1 -3 -4; -3 3 1 -3"),
    "G": (9, 4, "9 1 4 -4 9; -5 5 8 9 9; 5 3 -7 -4 -3; 2 -2 -9 8 -7"),
    "H": (9, 5, "-5 1 -8 6; 9 -2 5 9; 4 2 6 -5; 5 -7 8 -5; -4 -8 -4 3"),
    "I": (9, 6, "4 7 4; 5 -6 6; 3 1 2; 2 5 -8; 6 -2 -4; -9 7 8"),
    "J": (9, 6, "0 5 2; 3 -1 4; 1 1 -5; 9 2 6; 5 3 -5; 8 -9 7"),
    "K": (9, 4, "25.02 79.44 55.14 -54.96 -39.97; 74.71 -98.95 64.25 59.41 -6.41; "
                "-39.39 -44.31 -49.03 -10.98 0.91; 10.70 99.10 58.53 24.44 97.79"),
    "L": (9, 4, "2.502 7.944 5.514 -5.496 -3.997; 7.471 -9.895 6.425 5.941 -0.641; "
                "-3.939 -4.431 -4.903 -1.098 0.091; 1.070 9.910 5.853 2.444 9.779"),
    "M": (4, 2, "-4 3; 1 -6"),
    "N": (9, 5, "-1 1 2 -2; -3 -3 -2 -2; 2 6 8 -3; 4 8 7 -2; -1 -4 -5 3"),
}


def inverse(a):
    n = len(a)
    a = [row[:] + [Fraction(int(i == j)) for j in range(n)] for i, row in enumerate(a)]
    for c in range(n):
        pivot = next((i for i in range(c, n) if a[i][c] != 0), None)
        if pivot is None:
            return None
        a[c], a[pivot] = a[pivot], a[c]
        a[c] = [x / a[c][c] for x in a[c]]
        for i in range(n):
            if i != c and a[i][c] != 0:
                a[i] = [x - a[i][c] * y for x, y in zip(a[i], a[c])]
    return [row[n:] for row in a]


def heights(n, k, p):
    g = [[Fraction(int(i == j)) for j in range(k)] + p[i] for i in range(k)]
    independent = []
    best = [Fraction(0)] * (n - k)
    for columns in itertools.combinations(range(n), k):
        inv = inverse([[g[i][c] for c in columns] for i in range(k)])
        if inv is None:
            continue
        independent.append(set(columns))
        reduced = [[sum(inv[i][t] * g[t][c] for t in range(k)) for c in range(n)] for i in range(k)]
        for signs in itertools.product((1, -1), repeat=k - 1):
            word = [reduced[0][c] + sum(s * reduced[i + 1][c] for i, s in enumerate(signs)) for c in range(n)]
            size = sorted((abs(x) for x in word), reverse=True)
            for m in range(1, n - k + 1):
                if size[m] != 0:
                    best[m - 1] = max(best[m - 1], size[0] / size[m])
    for m in range(1, n - k + 1):
        for columns in itertools.combinations(range(n), n - m):
            if not any(b <= set(columns) for b in independent):
                best[m - 1] = None
                break
    return best


def text(p):
    return ";".join(" ".join(row) for row in p)


def main():
    cases = {name: (n, k, [row.split() for row in p.split(";")]) for name, (n, k, p) in CASES.items()}
    rng = random.Random(7)
    for n in range(2, 13):  # other shapes, sparse and with repeated columns, so that some heights are infinite
        for k in sorted({1, 2, (n + 1) // 2 if n <= 9 else 3, n - 1}):
            if 1 <= k < n:
                cases[f"n{n}k{k}"] = (n, k, [[str(rng.randint(-9, 9)) for _ in range(n - k)] for _ in range(k)])
    print("case,n,k,p,heights")
    for name, (n, k, p) in cases.items():
        h = heights(n, k, [[Fraction(x) for x in row] for row in p])
        print(f"{name},{n},{k},{text(p)},{' '.join('inf' if x is None else str(x) for x in h)}")


main()
