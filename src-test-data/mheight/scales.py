"""The histogram of scales behind D2: python3 scales.py ds1_n9_integer.csv.gz > scales.csv (Python 3.11, standard library).

Input: the first data set of the course on analog codes, autumn 2025, 32,087 rows of length 9 with whole entries, as published
at github.com/jairajsaraf/project3 (MIT licence) and put into CSV: n,k,m,p0..p19,... Output: for each k and each largest
magnitude of an entry, the number of distinct matrices. No row of the data set is kept.
"""
import collections
import csv
import gzip
import sys

seen = set()
count = collections.Counter()
with gzip.open(sys.argv[1], "rt") as file:
    rows = csv.reader(file)
    next(rows)
    for row in rows:
        k = int(row[1])
        p = tuple(int(float(x)) for x in row[3:3 + k * (9 - k)])
        if (k, p) not in seen:
            seen.add((k, p))
            count[k, max(map(abs, p))] += 1
print("# distinct matrices by k and largest magnitude of an entry; made by src-test-data/mheight/scales.py")
print("k,scale,matrices")
for (k, scale), matrices in sorted(count.items()):
    print(f"{k},{scale},{matrices}")
