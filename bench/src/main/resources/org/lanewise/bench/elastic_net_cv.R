# glmnet's part of ElasticNetRealData: Rscript elastic_net_cv.R <folder> <rows> <columns> <alphas> <family> <l1 ratio> <thresh>
suppressMessages({ library(glmnet); library(survival) })
a <- commandArgs(TRUE)
n <- as.integer(a[2]); p <- as.integer(a[3]); family <- a[5]
read <- function(name, count, what = "double") readBin(file.path(a[1], name), what, count)
x <- matrix(read("x.f64", n * p), n, p)
y <- read("y.f64", n)
if (family == "cox") y <- Surv(y, read("event.f64", n))
if (family == "multinomial") y <- factor(y)
fold <- read("fold.i32", n, "integer")
lambda <- read("lambda.f64", as.integer(a[4]))
glmnet.control(fdev = 0, devmax = 1) # the whole path, no early exit
seconds <- system.time(cv <- cv.glmnet(x, y, family = family, alpha = as.numeric(a[6]), lambda = lambda, foldid = fold,
                                       thresh = as.numeric(a[7]), maxit = 1e8))[["elapsed"]]
cat("cv", seconds, "\n")
cat("min", which(cv$lambda == cv$lambda.min) - 1, "\n")
cat("one_se", which(cv$lambda == cv$lambda.1se) - 1, "\n")
con <- file(file.path(a[1], "peer.cv"), "wb")
writeBin(as.double(cv$cvm), con)
close(con)
