"""Times pandas on the files of a table: table_io.py FOLDER RUNS -> lines "name seconds". One thread."""
import os, statistics, sys, time

import pandas
import pyarrow

pyarrow.set_cpu_count(1)
pyarrow.set_io_thread_count(1)
folder, runs = sys.argv[1], int(sys.argv[2])
path = lambda name: os.path.join(folder, name)
print("version pandas", pandas.__version__, "pyarrow", pyarrow.__version__)


def timed(name, work):
    work()
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    print(name, statistics.median(times))


table = pandas.read_csv(path("t.csv"))
timed("csv read", lambda: pandas.read_csv(path("t.csv")))
timed("csv.gz read", lambda: pandas.read_csv(path("t.csv.gz")))
timed("parquet read", lambda: pandas.read_parquet(path("t.parquet"), use_threads=False))
timed("csv write", lambda: table.to_csv(path("p.csv"), index=False))
timed("parquet write", lambda: table.to_parquet(path("p.parquet")))
table.to_parquet(path("z.parquet"), compression="zstd")
timed("zstd parquet read", lambda: pandas.read_parquet(path("z.parquet"), use_threads=False))
