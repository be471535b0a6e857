"""Tensor files written by NumPy and by an independent writer of the safetensors format.

Run: python3 formats.py (Python 3.11, numpy 2.4.6, torch 2.13.0). Every array holds known values, see values(); the tests
compute them anew.
"""
import io
import json
import os
import struct
import zipfile

import numpy as np
import torch

os.chdir(os.path.dirname(os.path.abspath(__file__)))


def values(n):
    """Small, of both signs, exact in every floating type: -4, -3.5, ... repeated."""
    return np.array([(i % 17 - 8) / 2 for i in range(n)])


def npy():
    grid = values(24).reshape(2, 3, 4)
    np.save("f4.npy", grid.astype("<f4"))
    np.save("f4_big.npy", grid.astype(">f4"))
    np.save("f8.npy", grid.astype("<f8"))
    np.save("f8_fortran.npy", np.asfortranarray(grid))
    np.save("f2.npy", grid.astype("<f2"))
    for code in ("i1", "<i2", "<i4", "<i8", ">i4"):
        np.save(f"{code.replace('<', '').replace('>', 'big_')}.npy", np.floor(grid).astype(code))
    np.save("u1.npy", (np.arange(24) * 11 % 256).reshape(2, 3, 4).astype("u1"))
    np.save("bool.npy", grid > 0)
    np.save("scalar.npy", np.float32(2.5))
    np.save("vector.npy", values(5).astype("<f4"))
    np.save("empty.npy", np.zeros((0, 3), "<f4"))
    with open("version2.npy", "wb") as f:
        np.lib.format.write_array(f, grid.astype("<f4"), version=(2, 0))
    np.savez("stored.npz", a=grid.astype("<f4"), b=values(5))
    np.savez_compressed("compressed.npz", a=grid.astype("<f4"), zeros=np.zeros(20000, "<f4"))


def bomb():
    data = io.BytesIO()
    np.save(data, np.zeros(17 << 20, "<f4"))
    with zipfile.ZipFile("bomb.npz", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        z.writestr("a.npy", data.getvalue())


TYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64,
         "I32": torch.int32, "I16": torch.int16, "I8": torch.int8, "U8": torch.uint8, "BOOL": torch.bool}


def safetensors(path, tensors, metadata=None):
    header, data, at = {}, b"", 0
    if metadata:
        header["__metadata__"] = metadata
    names = {v: k for k, v in TYPES.items()}
    for name, tensor in tensors.items():
        raw = tensor.contiguous().reshape(-1).view(torch.uint8).numpy().tobytes() if tensor.numel() else b""
        header[name] = {"dtype": names[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [at, at + len(raw)]}
        data += raw
        at += len(raw)
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + data)


def all_types():
    grid = torch.tensor(values(24)).reshape(2, 3, 4)
    tensors = {}
    for name, dtype in TYPES.items():
        source = torch.floor(grid).abs() if name == "U8" else torch.floor(grid) if name[0] == "I" else grid
        tensors[name.lower()] = (source > 0) if name == "BOOL" else source.to(dtype)
    tensors["none"] = torch.zeros(0, 3)
    tensors["one"] = torch.tensor(2.5)
    safetensors("all_types.safetensors", tensors, {"made by": "torch", "text": "quote \" slash \\ line\nend \u00e9\u4e16"})


def as_written():
    """What our own writer must give, byte for byte: names in order, metadata first."""
    grid = torch.tensor(values(6), dtype=torch.float32).reshape(2, 3)
    tensors = {"a.weight": grid, "b": torch.tensor(1.5), "empty": torch.zeros(2, 0)}
    safetensors("written_f32.safetensors", tensors, {"epoch": "3", "name": "x \"y\"\\ \u00e9\n"})
    for name in ("F64", "F16", "BF16"):
        safetensors(f"written_{name.lower()}.safetensors", {k: v.to(TYPES[name]) for k, v in tensors.items()})


npy()
bomb()
all_types()
as_written()
