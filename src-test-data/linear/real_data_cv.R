# Golden values for org.lanewise.linear.RealDataCrossValidationTest, from cv.glmnet on public data sets that are read by path and not
# copied here. Run in this folder: Rscript real_data_cv.R <folder with the data>
suppressMessages({ library(glmnet); library(survival) })
source("../json.R")
glmnet.control(fdev = 0, devmax = 1) # the whole path, no early exit
folder <- commandArgs(TRUE)[1]

one <- function(name, file, family, ratio, target, columns, status = NULL, event = 1) {
  d <- read.csv(gzfile(file.path(folder, file)), check.names = FALSE)
  if (is.null(columns)) columns <- setdiff(names(d), target)
  d <- d[complete.cases(d[, c(target, status, columns)]), ]
  x <- as.matrix(d[, columns])
  y <- d[[target]]
  if (family == "multinomial") y <- factor(y)
  # Up to 1: to put censored rows after events of the same time, glmnet adds 2e-14, which times in the hundreds would swallow.
  if (family == "cox") y <- Surv((y + 1) / (max(y) + 1), d[[status]] == event)
  fold <- (seq_len(nrow(x)) - 1) %% 5 + 1
  top <- glmnet(x, y, family = family, alpha = ratio, nlambda = 3)$lambda[1]
  fit <- cv.glmnet(x, y, family = family, alpha = ratio, lambda = top * 1e-3^((0:19) / 19), foldid = fold, thresh = 1e-14,
                   maxit = 1e8)
  list(name = name, file = file, family = family, l1_ratio = ratio, target = target, status = status, event = event,
       columns = vec(columns), rows = nrow(x), lambda = vec(fit$lambda), mean = vec(fit$cvm), error = vec(fit$cvsd),
       best = fit$lambda.min, one_se = fit$lambda.1se)
}

cases <- list(
  one("diabetes", "sk_diabetes.csv.gz", "gaussian", 1, "target", NULL),
  one("breast cancer", "sk_breast_cancer.csv.gz", "binomial", 0.5, "target", NULL),
  one("wine", "sk_wine.csv.gz", "multinomial", 0.5, "target", NULL),
  one("nodes", "rotterdam.csv.gz", "poisson", 0.5, "nodes", c("age", "meno", "grade", "pgr", "er", "hormon", "chemo")),
  one("gammopathy", "mgus2.csv.gz", "cox", 0.5, "futime", c("age", "hgb", "creat", "mspike"), "death"),
  one("cirrhosis", "pbc.csv.gz", "cox", 0.5, "time",
      c("age", "ascites", "hepato", "spiders", "edema", "bili", "chol", "albumin", "copper", "protime", "stage"), "status", 2))
write_json(list(made_by = list(script = "real_data_cv.R", R = R.version.string, glmnet = versions("glmnet")[["glmnet"]]),
                cases = cases), "real_data_cv.json")
