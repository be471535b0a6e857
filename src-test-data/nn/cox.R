# Cox partial likelihood at fixed log hazards, from R's survival package.
#
#     Rscript cox.R        writes cox.csv (data and martingale residuals) and cox.properties (log likelihoods)
#
# Made with R 4.2.2, survival 3.5.3, seed 20260101. The log hazard enters as the one covariate with its coefficient held at
# 1 (no iterations). The residual times the weight is the derivative of the log likelihood by the log hazard.
suppressMessages(library(survival))
set.seed(20260101)
n <- 60
data <- data.frame(
  eta = round(rnorm(n), 4),
  time = round(rexp(n, 0.2) + 0.5),          # whole numbers: many ties, among events and with censorings
  event = rbinom(n, 1, 0.65),
  weight = round(runif(n, 0.25, 3) * 8) / 8, # exact in binary
  stratum = sample(0:2, n, replace = TRUE)
)
data$stratum[5] <- 3                          # a stratum of one
logliks <- character()
for (ties in c("breslow", "efron")) {
  for (kind in c("plain", "weighted", "strata")) {
    formula <- if (kind == "strata") Surv(time, event) ~ eta + strata(stratum) else Surv(time, event) ~ eta
    w <- if (kind == "plain") rep(1, n) else data$weight
    fit <- coxph(formula, data = data, weights = w, init = 1, ties = ties, control = coxph.control(iter.max = 0))
    name <- paste(ties, kind, sep = ".")
    data[[name]] <- residuals(fit, type = "martingale") * w
    logliks <- c(logliks, sprintf("%s=%.12f", name, fit$loglik[2]))
  }
}
write.csv(format(data, digits = 12), "cox.csv", row.names = FALSE, quote = FALSE)
writeLines(c(paste0("# R ", getRversion(), ", survival ", packageVersion("survival")), logliks), "cox.properties")
