# Golden values for org.lanewise.linear.CoxRegression and LeastSquares, from R. Run in this folder: Rscript cox.R
library(survival)
source("../json.R")
set.seed(31)
exact <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50)

# With case weights R prefers a robust variance; the one from the information is kept beside it.
naive <- function(fit) if (is.null(fit$naive.var)) fit$var else fit$naive.var

values <- function(fit, hazard = TRUE) {
  out <- list(coefficients = vec(coef(fit)), standard_errors = vec(sqrt(diag(naive(fit)))), log_likelihood = tail(fit$loglik, 1),
              null_log_likelihood = fit$loglik[1])
  if (hazard) {
    base <- basehaz(fit, centered = FALSE)
    if (is.null(base$strata)) base$strata <- 1
    out$baseline <- lapply(split(base, base$strata, drop = TRUE), function(b) {
      jump <- c(TRUE, diff(b$hazard) > 0) & b$hazard > 0
      list(time = vec(b$time[jump]), hazard = vec(b$hazard[jump]))
    })
    names(out$baseline) <- NULL
  }
  out
}

both <- function(formula, data, ...) {
  fits <- list(breslow = "breslow", efron = "efron")
  lapply(fits, function(ties) values(do.call(coxph, list(formula, data, ties = ties, control = exact, ...))))
}

l <- lung[complete.cases(lung[, c("time", "status", "age", "sex", "ph.ecog", "wt.loss", "meal.cal")]), ]
l$status <- l$status - 1
l$w <- sample(1:3, nrow(l), TRUE) / 2
l$entry <- pmax(0, floor(l$time * runif(nrow(l), -0.5, 0.8)))
o <- ovarian
f <- flchain[flchain$futime > 0 & !is.na(flchain$creatinine), ]
f <- f[sample(nrow(f), 400), ]
f$year <- ceiling(f$futime / 365.25)  # many ties
f$male <- as.numeric(f$sex == "M")

cases <- list(
  lung = list(columns = list(age = vec(l$age), sex = vec(l$sex), ecog = vec(l$ph.ecog), loss = vec(l$wt.loss)),
              time = vec(l$time), status = vec(l$status),
              fit = both(Surv(time, status) ~ age + sex + ph.ecog + wt.loss, l)),
  weighted = list(columns = list(age = vec(l$age), ecog = vec(l$ph.ecog), cal = vec(l$meal.cal)), time = vec(ceiling(l$time / 60)),
                  status = vec(l$status), weights = vec(l$w),
                  fit = both(Surv(ceiling(time / 60), status) ~ age + ph.ecog + meal.cal, l, weights = l$w)),
  strata = list(columns = list(age = vec(l$age), ecog = vec(l$ph.ecog)), time = vec(ceiling(l$time / 30)), status = vec(l$status),
                strata = vec(l$sex), fit = both(Surv(ceiling(time / 30), status) ~ age + ph.ecog + strata(sex), l)),
  truncated = list(columns = list(age = vec(l$age), ecog = vec(l$ph.ecog)), time = vec(l$time), status = vec(l$status),
                   entry = vec(l$entry), strata = vec(l$sex), weights = vec(l$w),
                   fit = both(Surv(entry, time, status) ~ age + ph.ecog + strata(sex), l, weights = l$w)),
  ovarian = list(columns = list(age = vec(o$age), disease = vec(o$resid.ds), rx = vec(o$rx)), time = vec(o$futime),
                 status = vec(o$fustat), fit = both(Surv(futime, fustat) ~ age + resid.ds + rx, o)),
  flchain = list(columns = list(age = vec(f$age), male = vec(f$male), kappa = vec(f$kappa), creatinine = vec(f$creatinine)),
                 time = vec(f$year), status = vec(f$death),
                 fit = both(Surv(year, death) ~ age + male + kappa + creatinine, f)))

theta <- 7
ridge_fit <- coxph(Surv(futime, fustat) ~ ridge(age, resid.ds, rx, theta = theta, scale = FALSE), o, ties = "efron",
                   control = exact)
cases$ovarian$l2 <- list(theta = theta, coefficients = vec(coef(ridge_fit)))

# Risks by R of some rows at a horizon.
lf <- coxph(Surv(time, status) ~ age + sex + ph.ecog + wt.loss, l, ties = "efron", control = exact)
cases$lung$risk <- list(horizon = 365, rows = vec(1:10),
  value = vec(1 - as.vector(summary(survfit(lf, newdata = l[1:10, ]), times = 365)$surv)))

ols <- function(intercept) {
  formula <- if (intercept) mpg ~ wt + hp + qsec else mpg ~ wt + hp + qsec - 1
  fit <- lm(formula, mtcars, weights = mtcars$cyl)
  s <- summary(fit)
  list(coefficients = vec(coef(fit)), standard_errors = vec(s$coefficients[, 2]), p = vec(s$coefficients[, 4]), sigma = s$sigma,
       r2 = s$r.squared, df = fit$df.residual)
}
cars <- list(columns = list(wt = vec(mtcars$wt), hp = vec(mtcars$hp), qsec = vec(mtcars$qsec)), y = vec(mtcars$mpg),
             weights = vec(mtcars$cyl), with_intercept = ols(TRUE), without = ols(FALSE))

write_json(list(made_by = list(script = "cox.R", R = R.version.string, survival = versions("survival")[["survival"]], seed = 31),
                cox = cases, least_squares = cars), "cox.json")
