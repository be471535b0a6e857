# glmnet's part of ElasticNetComparison: Rscript elastic_net.R <folder> <rows> <columns> <l1 ratio> <count> <last/first> <folds> <thresh>
suppressMessages(library(glmnet))
a <- commandArgs(TRUE)
n <- as.integer(a[2]); p <- as.integer(a[3]); folds <- as.integer(a[7])
x <- matrix(readBin(file.path(a[1], "x.f32"), "double", n * p, size = 4), n, p)
y <- readBin(file.path(a[1], "y.f64"), "double", n)
glmnet.control(fdev = 0, devmax = 1) # the whole path, no early exit
one <- function() system.time(fit <<- glmnet(x, y, alpha = as.numeric(a[4]), nlambda = as.integer(a[5]),
                                             lambda.min.ratio = as.numeric(a[6]), thresh = as.numeric(a[8])))[["elapsed"]]
times <- one()
if (times < 10) times <- c(times, one(), one())
cat("version glmnet", as.character(packageVersion("glmnet")), "\n")
cat("path", median(times), "\n")
write_path <- function(fit, file) {
  con <- file(file, "wb")
  writeBin(length(fit$lambda), con); writeBin(as.double(fit$lambda), con); writeBin(as.double(fit$a0), con)
  writeBin(fit$beta@p, con); writeBin(fit$beta@i, con); writeBin(as.double(fit$beta@x), con)
  close(con)
}
write_path(fit, file.path(a[1], "peer.path"))
if (folds > 0) {
  id <- 1L + (seq_len(n) - 1L) %% folds
  cat("cv", system.time(cv.glmnet(x, y, alpha = as.numeric(a[4]), lambda = fit$lambda, foldid = id,
                                  thresh = as.numeric(a[8])))[["elapsed"]], "\n")
}
