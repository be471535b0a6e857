# NumPy and libsvm files as numpy and scikit-learn write them. Run in this folder: /usr/bin/python3 formats.py
import numpy as np
from sklearn.datasets import dump_svmlight_file

rng = np.random.default_rng(21)
x = np.round(rng.normal(size=(6, 3)), 4)
np.save("matrix_c.npy", x)
np.save("matrix_f.npy", np.asfortranarray(x))
np.savez("columns.npz", d=np.array([0.1, np.nan, 3]), f=np.array([0.5, 1e30, np.inf], np.float32), l=np.array([2**53 + 1, -1, 7]),
         i=np.array([1, -2, 2**31 - 1], np.int32), b=np.array([True, False, True]), m=np.arange(6.0).reshape(3, 2))
s = x * (rng.random(x.shape) < 0.5)
with open("queries.svm", "wb") as out:
    dump_svmlight_file(s, np.array([1, -1, 0.5, 2, 3, 1e-3]), out, zero_based=False, comment="made by scikit-learn",
                       query_id=[1, 1, 2, 2, 2, 5])
np.save("sparse.npy", s)
