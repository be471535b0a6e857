# Small Parquet files by three writers, and what is in them. Run in this folder with a Python that has pyarrow, fastparquet,
# polars and duckdb: python3 make.py
import json
import platform

import duckdb
import fastparquet
import numpy as np
import pandas as pd
import polars
import pyarrow as pa
import pyarrow.parquet as pq

rng = np.random.default_rng(9)
n = 500


def holes(values, share=0.1):
    return [None if rng.random() < share else v for v in values]


words = ["Ulm", "Bonn", "Zürich", "", "a,b\"c", "日本"]
columns = {
    "f32": pa.array(holes(rng.normal(size=n).astype(np.float32).tolist()), pa.float32()),
    "f64": pa.array(holes(rng.normal(size=n).tolist()), pa.float64()),
    "i32": pa.array(holes(rng.integers(-2**31, 2**31, n).tolist()), pa.int32()),
    "i64": pa.array(holes(rng.integers(-2**62, 2**62, n).tolist()), pa.int64()),
    "small": pa.array(holes(rng.integers(-5, 5, n).tolist()), pa.int8()),
    "flag": pa.array(holes((rng.random(n) < 0.3).tolist()), pa.bool_()),
    "word": pa.array(holes([words[i] for i in rng.integers(0, len(words), n)]), pa.string()),
    "id": pa.array([f"person-{i:05d}" for i in range(n)], pa.string()),
    "run": pa.array([i // 100 for i in range(n)], pa.int64()),
    "u32": pa.array(holes(rng.integers(0, 2**32, n).tolist()), pa.uint32()),
    "empty": pa.array([None] * n, pa.float64()),
}
table = pa.table(columns)


def cell(v):
    return None if v is None else v if isinstance(v, (bool, str)) else repr(v) if isinstance(v, float) else str(v)


expected = {name: [cell(v) for v in column.to_pylist()] for name, column in zip(table.column_names, table.columns)}
f32 = np.array([np.nan if v is None else v for v in columns["f32"].to_pylist()], np.float32)
expected["f32"] = [None if np.isnan(v) else str(v) for v in f32]
for codec in ("none", "snappy", "gzip", "zstd", "lz4"):
    pq.write_table(table, f"arrow_{codec}.parquet", compression=codec, row_group_size=200, data_page_size=1 << 10,
                   store_schema=False, write_statistics=False)
pq.write_table(table, "arrow_v2.parquet", data_page_version="2.0", compression="zstd", compression_level=19, row_group_size=300,
               store_schema=False, write_statistics=False, write_page_checksum=True)
delta = {"i32": "DELTA_BINARY_PACKED", "i64": "DELTA_BINARY_PACKED", "small": "DELTA_BINARY_PACKED", "run": "DELTA_BINARY_PACKED",
         "word": "DELTA_LENGTH_BYTE_ARRAY", "id": "DELTA_BYTE_ARRAY", "f64": "BYTE_STREAM_SPLIT", "f32": "BYTE_STREAM_SPLIT",
         "flag": "RLE"}
pq.write_table(table, "arrow_delta.parquet", use_dictionary=False, column_encoding=delta, data_page_version="2.0", store_schema=False,
               write_statistics=False)
pq.write_table(table.select(["f64", "word"]).slice(0, 0), "arrow_no_rows.parquet", store_schema=False)
odd = pa.table({"day": pa.array([0, 1, None, 20000], pa.date32()),
                "when": pa.array([0, 1, None, 1_700_000_000_000], pa.timestamp("ms")),
                "price": pa.array(["1.25", "-3.50", None, "99999999999.99"]).cast(pa.decimal128(20, 2)),
                "half": pa.array(np.array([1.5, -0.25, 3, 65504], np.float16)),
                "must": pa.array([1.5, 2.5, 3.5, 4.5]), "list": pa.array([[1], [2, 3], None, []]),
                "pair": pa.array([{"a": 1}, {"a": 2}, None, {"a": 4}])},
               schema=pa.schema([("day", pa.date32()), ("when", pa.timestamp("ms")), ("price", pa.decimal128(20, 2)),
                                 ("half", pa.float16()), pa.field("must", pa.float64(), nullable=False),
                                 ("list", pa.list_(pa.int32())), ("pair", pa.struct([("a", pa.int32())]))]))
pq.write_table(odd, "arrow_odd.parquet", store_schema=False)
simple = table.select(["f64", "i64", "flag", "word", "id"])
polars.from_arrow(simple).write_parquet("polars.parquet", statistics=False)
duckdb.sql("COPY simple TO 'duckdb.parquet' (FORMAT parquet, COMPRESSION zstd)")
frame = simple.select(["f64", "word", "id"]).to_pandas().astype({"word": "object", "id": "object"})
frame["word"] = frame["word"].where(frame["word"].notna(), None)
fastparquet.write("fastparquet.parquet", frame, compression="GZIP", stats=False)
with open("expected.json", "w") as out:
    json.dump(dict(made_by=dict(script="make.py", python=platform.python_version(), pyarrow=pa.__version__, polars=polars.__version__,
                                duckdb=duckdb.__version__, fastparquet=fastparquet.__version__, pandas=pd.__version__, seed=9),
                   columns=expected), out, ensure_ascii=False)
