# Golden values for org.lanewise.linear.ElasticNet, from glmnet. Run in this folder: Rscript elastic_net_path.R
# The data come from a generator that is exact in double precision, so that they need not be stored.
library(glmnet)
library(survival)
source("../json.R")
glmnet.control(fdev = 0, devmax = 1, mxitnr = 1000)

# Park and Miller's minimal standard generator; uniform in (-0.5, 0.5).
uniforms <- function(seed, count) {
  u <- numeric(count)
  s <- seed
  for (i in seq_len(count)) { s <- (16807 * s) %% 2147483647; u[i] <- s / 2147483647 - 0.5 }
  u
}
columns <- function(seed, n, p) matrix(uniforms(seed, n * p), n, p)

sparse <- function(b) { b <- as.vector(b); list(index = vec(which(b != 0) - 1), value = vec(b[b != 0])) }
path <- function(fit, ...) list(..., lambda = vec(fit$lambda), intercepts = if (is.null(fit$a0)) vec(rep(0, length(fit$lambda))) else vec(fit$a0),
  deviance_ratio = vec(fit$dev.ratio), coefficients = lapply(seq_along(fit$lambda), function(k) sparse(fit$beta[, k])))
tight <- function(...) glmnet(..., thresh = 1e-17, maxit = 1e6)
# glmnet standardises y first: give it y that is standardised already, under the weights.
unit <- function(y, w) { w <- w / sum(w); y <- y - sum(w * y); y / sqrt(sum(w * y^2)) }

n <- 60; p <- 8
x <- columns(11, n, p)
x[, 2] <- 0.7 * x[, 1] + 0.3 * x[, 2]
x[, 5] <- 100 * x[, 5] + 30
noise <- uniforms(12, n)
w <- 0.5 + (uniforms(13, n) + 0.5) * 3
offset <- uniforms(14, n)
signal <- 3 * x[, 1] - 2 * x[, 3] + 0.02 * (x[, 5] - 30) + x[, 7]
lambdas <- c(0.3, 0.1, 0.03, 0.01, 0.002)
ones <- rep(1, n)
pf <- c(1, 0, 2, 1, 0.5, 1, 3, 0.5) # sums to 9: what glmnet makes of it is pf * 8 / 9
y <- unit(signal + noise, ones)
yw <- unit(signal + noise, w)
yo <- unit(signal + noise, ones) + offset
gaussian <- list(
  path(tight(x, y, alpha = 1, lambda = lambdas), case = "lasso", l1_ratio = 1),
  path(tight(x, y, alpha = 0.4, lambda = lambdas, standardize = FALSE), case = "raw", l1_ratio = 0.4),
  path(tight(x, yw, alpha = 0.7, lambda = lambdas, weights = w), case = "weights", l1_ratio = 0.7),
  path(tight(x, yo, alpha = 0.7, lambda = lambdas, offset = offset), case = "offset", l1_ratio = 0.7),
  path(tight(x, y, alpha = 0.7, lambda = lambdas, penalty.factor = pf), case = "factors", l1_ratio = 0.7),
  path(tight(x, y, alpha = 0.7, lambda = lambdas, lower.limits = -0.5, upper.limits = 1), case = "bounds", l1_ratio = 0.7),
  path(tight(x, y, alpha = 0.7, lambda = lambdas, lower.limits = 0), case = "signs", l1_ratio = 0.7),
  path(tight(x, y, alpha = 0, lambda = lambdas), case = "ridge", l1_ratio = 0))

wide_n <- 80; wide_p <- 700
wide <- columns(21, wide_n, wide_p)
wide_signal <- rowSums(wide[, 1:10]) + wide[, 5] * 2
wide_y <- unit(wide_signal + 0.5 * uniforms(22, wide_n), rep(1, wide_n))
wide_w <- 0.5 + (uniforms(23, wide_n) + 0.5) * 3
wide_yw <- unit(wide_signal + 0.5 * uniforms(22, wide_n), wide_w)
wide_lambdas <- c(0.3, 0.2, 0.12, 0.06, 0.03)
automatic <- glmnet(wide, wide_y, alpha = 0.5, nlambda = 20, lambda.min.ratio = 0.05)$lambda
wides <- list(
  path(tight(wide, wide_y, alpha = 0.5, lambda = wide_lambdas), case = "elastic net", l1_ratio = 0.5),
  path(tight(wide, wide_y, alpha = 1, lambda = wide_lambdas), case = "lasso", l1_ratio = 1),
  path(tight(wide, wide_yw, alpha = 0.5, lambda = wide_lambdas, weights = wide_w), case = "weights", l1_ratio = 0.5),
  path(tight(wide, wide_y, alpha = 0.5, lambda = wide_lambdas, penalty.factor = rep(pf + 0.5, length.out = wide_p)), case = "factors", l1_ratio = 0.5),
  path(tight(wide, wide_y, alpha = 0.5, lambda = wide_lambdas, lower.limits = -0.02, upper.limits = 0.3), case = "bounds", l1_ratio = 0.5))

event <- as.numeric(uniforms(31, n) < 0.2 * signal)
counts <- floor(exp(0.5 * signal) * 2 * (uniforms(32, n) + 0.7))
classes <- 1 + (signal + noise > -0.5) + (signal - noise > 1)
time <- exp(-0.5 * signal) * (uniforms(33, n) + 0.6)
time[11:20] <- time[1:10]
status <- as.numeric(uniforms(34, n) < 0.2)
constrained <- function(family, target, ...) list(
  path(tight(x, target, family = family, alpha = 0.7, lambda = lambdas, penalty.factor = pf), case = "factors", l1_ratio = 0.7),
  path(tight(x, target, family = family, alpha = 0.7, lambda = lambdas, lower.limits = -0.5, upper.limits = 1), case = "bounds", l1_ratio = 0.7),
  path(tight(x, target, family = family, alpha = 0.7, lambda = lambdas, lower.limits = 0), case = "signs", l1_ratio = 0.7))
binomial <- c(constrained("binomial", event), list(
  path(tight(x, event, family = "binomial", alpha = 0.7, lambda = lambdas), case = "plain", l1_ratio = 0.7),
  path(tight(x, event, family = "binomial", alpha = 0.7, lambda = lambdas, weights = w, offset = offset), case = "weights and offset", l1_ratio = 0.7),
  path(tight(x, event, family = "binomial", alpha = 1, lambda = lambdas), case = "lasso", l1_ratio = 1)))
poisson <- c(constrained("poisson", counts), list(
  path(tight(x, counts, family = "poisson", alpha = 0.7, lambda = lambdas), case = "plain", l1_ratio = 0.7),
  path(tight(x, counts, family = "poisson", alpha = 0.7, lambda = lambdas, weights = w, offset = offset), case = "weights and offset", l1_ratio = 0.7)))
multi <- tight(x, classes, family = "multinomial", alpha = 0.6, lambda = lambdas)
multinomial <- list(l1_ratio = 0.6, lambda = vec(lambdas), deviance_ratio = vec(multi$dev.ratio),
  intercepts = lapply(seq_along(lambdas), function(k) vec(multi$a0[, k])),
  coefficients = lapply(seq_along(lambdas), function(k) lapply(1:3, function(c) vec(multi$beta[[c]][, k]))))
cox <- c(constrained("cox", Surv(time, status)), list(
  path(tight(x, Surv(time, status), family = "cox", alpha = 0.7, lambda = lambdas, offset = offset), case = "offset", l1_ratio = 0.7),
  path(tight(x, Surv(time, status), family = "cox", alpha = 0.7, lambda = lambdas), case = "plain", l1_ratio = 0.7),
  path(tight(x, Surv(time, status), family = "cox", alpha = 0.7, lambda = lambdas, weights = w), case = "weights", l1_ratio = 0.7)))

# Cross-validation with given folds. The lasso for gaussian: with a ridge part, glmnet's scaling of y, which differs from fold
# to fold, changes the model.
fold <- 1 + (seq_len(n) - 1) %% 5
cv <- function(fit, ...) list(..., mean = vec(fit$cvm), error = vec(fit$cvsd), best = fit$lambda.min, one_se = fit$lambda.1se)
grid <- 0.5 * 0.8^(0:24)
cross <- list(grid = vec(grid),
  gaussian = cv(cv.glmnet(x, yw, alpha = 1, lambda = grid, weights = w, foldid = fold, thresh = 1e-15, maxit = 1e6)),
  binomial = cv(cv.glmnet(x, event, family = "binomial", alpha = 0.7, lambda = grid, foldid = fold, thresh = 1e-15, maxit = 1e6)))

write_json(list(made_by = list(script = "elastic_net_path.R", R = R.version.string, glmnet = versions("glmnet")[["glmnet"]]),
  gaussian = gaussian, wide = wides, automatic = vec(automatic), binomial = binomial, poisson = poisson,
  multinomial = multinomial, cox = cox, cross_validation = cross), "elastic_net_path.json")
