# scikit-learn's part of BoostingComparison:
# python3 boosting.py <folder> <goal> <trees> <leaves> <learning rate> <bins> <least rows of a leaf>
import sys, time
import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

folder, goal = sys.argv[1], sys.argv[2]
trees, leaves, bins, least = int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[6]), int(sys.argv[7])
x, y, test = (np.load(folder + "/" + name + ".npy") for name in ("x", "y", "test"))
# It takes no categories beyond its bins: columns with more are numbers to it.
categorical = [j for j in np.load(folder + "/categorical.npy").astype(int)
               if max(np.nanmax(x[:, j]), np.nanmax(test[:, j])) < bins]
kind = HistGradientBoostingRegressor if goal == "REGRESSION" else HistGradientBoostingClassifier
model = kind(max_iter=trees, learning_rate=float(sys.argv[5]), max_leaf_nodes=leaves, max_depth=None, min_samples_leaf=least,
             l2_regularization=0, max_bins=bins, early_stopping=False, categorical_features=categorical or None)
start = time.perf_counter()
model.fit(x, y)
fitted = time.perf_counter()
scores = model.predict(test) if goal == "REGRESSION" else model.decision_function(test)
predicted = time.perf_counter()
print("training", fitted - start)
print("predicting", predicted - fitted)
print("leaves", sum(tree.get_n_leaf_nodes() for trees in model._predictors for tree in trees))
scores.astype(np.float64).tofile(folder + "/scores.f64")
