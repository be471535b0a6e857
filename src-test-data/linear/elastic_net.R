# Golden values for org.lanewise.linear.ProximalElasticNet, from glmnet. Run in this folder: Rscript elastic_net.R
library(glmnet)
library(survival)
source("../json.R")
set.seed(41)
glmnet.control(fdev = 0, devmax = 1)

l <- lung[complete.cases(lung[, c("time", "status", "age", "sex", "ph.ecog", "wt.loss", "meal.cal", "pat.karno")]), ]
x <- as.matrix(l[, c("age", "sex", "ph.ecog", "wt.loss", "meal.cal", "pat.karno")])
w <- sample(1:3, nrow(x), TRUE)
lambdas <- c(0.2, 0.1, 0.05, 0.02, 0.005)

cox <- function(ratio, weights, standardize) {
  # glmnet breaks ties by Breslow's rule.
  fit <- glmnet(x, Surv(l$time, l$status == 2), family = "cox", alpha = ratio, lambda = lambdas, weights = weights,
                standardize = standardize, thresh = 1e-22, maxit = 1e7)
  list(l1_ratio = ratio, standardize = standardize, weighted = !all(weights == 1),
       coefficients = lapply(seq_along(lambdas), function(k) vec(as.matrix(fit$beta)[, k])))
}

# glmnet divides y by its root mean square about the mean, which only the lasso survives unchanged: do it beforehand.
y <- mtcars$mpg
y <- (y - mean(y)) / sqrt(mean((y - mean(y))^2))
mx <- as.matrix(mtcars[, c("cyl", "disp", "hp", "drat", "wt", "qsec", "am", "gear")])
gaussian <- function(ratio, standardize) {
  fit <- glmnet(mx, y, alpha = ratio, lambda = lambdas, standardize = standardize, thresh = 1e-24, maxit = 1e7)
  list(l1_ratio = ratio, standardize = standardize, intercepts = vec(fit$a0),
       coefficients = lapply(seq_along(lambdas), function(k) vec(as.matrix(fit$beta)[, k])))
}

# Cross-validation with given folds. Distinct times and no weights for Cox: of ties and weights glmnet's
# deviance makes a constant that ours leaves out.
foldid <- sample(rep(1:5, length.out = nrow(x)))
distinct <- l$time + seq_len(nrow(l)) / 1000
cv_alphas <- exp(seq(log(0.2), log(0.004), length.out = 8))
cv <- cv.glmnet(x, Surv(distinct, l$status == 2), family = "cox", alpha = 0.5, lambda = cv_alphas, foldid = foldid,
                thresh = 1e-20, maxit = 1e7)
ly <- as.numeric(l$pat.karno)
cvg <- cv.glmnet(x[, 1:5], ly, alpha = 1, lambda = 10 * cv_alphas, weights = w, foldid = foldid, thresh = 1e-20, maxit = 1e7)
cross <- function(fit) list(deviance = vec(fit$cvm), standard_error = vec(fit$cvsd), best = fit$lambda.min, one_se = fit$lambda.1se)

columns <- function(m) { c <- lapply(seq_len(ncol(m)), function(j) vec(m[, j])); names(c) <- colnames(m); c }
write_json(list(made_by = list(script = "elastic_net.R", R = R.version.string, glmnet = versions("glmnet")[["glmnet"]], seed = 41),
  cox = list(columns = columns(x), time = vec(l$time), status = vec(as.numeric(l$status == 2)), weights = vec(w), alphas = vec(lambdas),
             fits = list(cox(1, rep(1, nrow(x)), TRUE), cox(0.5, w, TRUE), cox(0, rep(1, nrow(x)), TRUE))),
  search = list(fold = vec(foldid), time = vec(distinct), alphas = vec(cv_alphas), cox = cross(cv), gaussian = cross(cvg)),
  gaussian = list(columns = columns(mx), y = vec(y), alphas = vec(lambdas),
                  fits = list(gaussian(1, TRUE), gaussian(0.3, TRUE), gaussian(0, TRUE), gaussian(0.6, FALSE)))), "elastic_net.json")
