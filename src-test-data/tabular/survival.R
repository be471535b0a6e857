# Golden values for org.lanewise.tabular.survival, from R's survival package.
# Run in this folder: Rscript survival.R
library(survival)
source("../json.R")

set.seed(20)

# Coarse times make many ties between events, between censorings, and between the two.
coarse <- function(n, weighted) {
  x <- round(rnorm(n), 1)
  t <- ceiling(rexp(n, exp(0.7 * x) / 6) * 2) / 2
  c <- ceiling(runif(n, 0, 12) * 2) / 2
  list(time = pmin(t, c), status = as.numeric(t <= c), risk = x, strata = sample(1:4, n, TRUE),
       weight = if (weighted) sample(0:3, n, TRUE) else rep(1, n))
}

counts <- function(d, y = Surv(d$time, d$status), keep = rep(TRUE, length(d$time)), ...) {
  fit <- concordance(y ~ d$risk, weights = d$weight, subset = keep & d$weight > 0, reverse = TRUE, ...)
  k <- fit$count
  list(concordant = unname(k["concordant"]), discordant = unname(k["discordant"]), tied = unname(k["tied.x"]),
       index = unname(fit$concordance))
}

case <- function(d, horizon) {
  y <- Surv(d$time, d$status)
  strat <- concordance(y ~ d$risk + strata(d$strata), weights = d$weight, subset = d$weight > 0, reverse = TRUE)
  k <- if (is.matrix(strat$count)) colSums(strat$count) else strat$count
  list(
    time = vec(d$time), status = vec(d$status), risk = vec(d$risk), strata = vec(d$strata), weight = vec(d$weight),
    horizon = horizon,
    harrell = counts(d),
    harrell_horizon = counts(d, Surv(pmin(d$time, horizon), d$status * (d$time <= horizon))),
    stratified = list(concordant = unname(k["concordant"]), discordant = unname(k["discordant"]), tied = unname(k["tied.x"])),
    uno = if (all(d$weight == 1)) counts(d, timewt = "n/G2")$index else NULL,
    uno_horizon = if (all(d$weight == 1))
      counts(d, Surv(pmin(d$time, horizon), d$status * (d$time <= horizon)), timewt = "n/G2")$index else NULL)
}

lung2 <- lung[complete.cases(lung[, c("time", "status", "age", "ph.ecog", "sex")]), ]
lung_case <- list(time = lung2$time, status = lung2$status - 1, risk = lung2$age + 10 * lung2$ph.ecog,
                  strata = lung2$sex, weight = rep(1, nrow(lung2)))

# timefix: sums that should be equal but differ in the last bits, as 0.1 + 0.2 and 0.3.
tt <- c(0.1 + 0.2, 0.3, 0.5, 0.1 * 5, 0.7, 0.1 * 7, 0.9, 1.1 - 0.2)
fix <- list(time = tt, status = c(1, 0, 1, 1, 0, 1, 1, 1), risk = c(3, 1, 2, 4, 5, 2, 6, 1), strata = rep(1, 8), weight = rep(1, 8))

# survfit: Kaplan-Meier, Nelson-Aalen (Fleming-Harrington off: ctype = 1), and the censoring curve.
curves <- function(d) {
  y <- Surv(d$time, d$status)
  km <- summary(survfit(y ~ 1, weights = d$weight, subset = d$weight > 0, stype = 1, ctype = 1), censored = FALSE)
  # Events before censorings: move the events an instant earlier.
  g <- summary(survfit(Surv(d$time - 1e-4 * d$status, 1 - d$status) ~ 1), censored = FALSE)
  list(time = vec(km$time), survival = vec(km$surv), std_err = vec(km$std.err), lower = vec(km$lower), upper = vec(km$upper),
       cumhaz = vec(km$cumhaz), std_chaz = vec(km$std.chaz), censor_time = vec(g$time), censor_survival = vec(g$surv),
       rmean = unname(summary(survfit(y ~ 1, weights = d$weight, subset = d$weight > 0), rmean = 5)$table["rmean"]))
}

# Brier score, calibration and AUC(t) with inverse-probability-of-censoring weights, written out from the definitions.
forecast <- function(d, t) {
  g <- survfit(Surv(d$time - 1e-4 * d$status, 1 - d$status) ~ 1)
  G <- function(u) summary(g, times = u, extend = TRUE)$surv
  before <- vapply(d$time, function(u) G(u - 1e-3), 0)
  event <- d$status == 1 & d$time <= t
  w <- ifelse(event, 1 / before, ifelse(d$time > t, 1 / G(t), 0))
  p <- plogis(-0.6 + 0.9 * d$risk)
  km <- survfit(Surv(d$time, d$status) ~ 1)
  all <- 1 - summary(km, times = t)$surv
  line <- suppressWarnings(glm(event ~ qlogis(p), family = quasibinomial, weights = w, control = glm.control(epsilon = 1e-14)))
  large <- suppressWarnings(glm(event ~ 1, offset = qlogis(p), family = quasibinomial, weights = w,
                                control = glm.control(epsilon = 1e-14)))
  cmp <- outer(p[event], p[d$time > t], function(a, b) (a > b) + 0.5 * (a == b))
  list(t = t, risk = vec(p), weight = vec(w), brier = mean(w * (event - p)^2), reference = mean(w * (event - all)^2),
       slope = unname(coef(line)[2]), intercept = unname(coef(line)[1]), in_the_large = unname(coef(large)[1]),
       expected_over_observed = mean(p) / all, auc = sum(w[event] * cmp) / (sum(w[event]) * ncol(cmp)))
}

a <- coarse(120, FALSE)
b <- coarse(90, TRUE)
write_json(list(
  made_by = list(script = "survival.R", R = versions("survival")[["R"]], survival = versions("survival")[["survival"]], seed = 20),
  concordance = list(coarse = case(a, 4), weighted = case(b, 3), lung = case(lung_case, 365), timefix = case(fix, 0.6)),
  curves = list(coarse = curves(a), weighted = curves(b), lung = curves(lung_case)),
  forecast = forecast(a, 4)), "survival.json")
