# Golden values for org.lanewise.linear.LogisticRegression, from R's glm. Run in this folder: Rscript logistic.R
source("../json.R")
set.seed(5)
n <- 60
age <- round(runif(n, 40, 80), 1)
sex <- rbinom(n, 1, .5)
y <- rbinom(n, 1, plogis(-6 + .09 * age + .5 * sex))
fit <- glm(y ~ age + sex, family = binomial, control = glm.control(epsilon = 1e-14, maxit = 100))
write_json(list(made_by = list(script = "logistic.R", R = R.version.string, seed = 5), columns = list(age = vec(age), sex = vec(sex)), y = vec(y), intercept = unname(coef(fit)[1]),
                coefficients = vec(coef(fit)[-1])), "logistic.json")
