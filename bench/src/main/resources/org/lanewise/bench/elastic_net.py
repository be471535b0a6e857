# scikit-learn's part of ElasticNetComparison:
# python3 elastic_net.py <folder> <rows> <columns> <l1 ratio> <count> <last/first> <folds> <tol>
import sys, time, warnings
import numpy as np
import sklearn
from scipy.sparse import csc_matrix
from sklearn.linear_model import enet_path

warnings.filterwarnings("ignore")
folder, n, p, ratio = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
count, last, tol = int(sys.argv[5]), float(sys.argv[6]), float(sys.argv[8])
x = np.fromfile(folder + "/x.f32", dtype=np.float32).reshape(p, n).T.astype(np.float64, order="F")
y = np.fromfile(folder + "/y.f64")
start = time.time()
mean = x.mean(axis=0)
x -= mean
scale = np.sqrt(np.einsum("ij,ij->j", x, x) / n) # no copy of x
x /= scale
print("prepare", time.time() - start)
start = time.time()
alphas, coefs, _ = enet_path(x, y, l1_ratio=ratio, n_alphas=count, eps=last, tol=tol, max_iter=100000,
                             copy_X=False)
print("version scikit-learn", sklearn.__version__)
print("path", time.time() - start)
beta = csc_matrix(coefs / scale[:, None])
beta.sort_indices()
with open(folder + "/peer.path", "wb") as f:
    f.write(np.int32(len(alphas)).tobytes() + np.asarray(alphas, dtype=np.float64).tobytes())
    f.write((y.mean() - mean @ (coefs / scale[:, None])).astype(np.float64).tobytes())
    f.write(beta.indptr.astype(np.int32).tobytes() + beta.indices.astype(np.int32).tobytes() + beta.data.astype(np.float64).tobytes())
