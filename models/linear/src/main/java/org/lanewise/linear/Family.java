package org.lanewise.linear;

/**
 * What the target is, and with it the loss of an elastic net and the link between linear predictor eta and mean mu. Losses are divided by
 * the sum of the weights w.
 */
public sealed interface Family {
    /** Numbers: w (y - eta)^2 / 2, mu = eta. */
    static Family gaussian() {
        return new Gaussian();
    }

    /** Two classes 0 and 1, or shares between them: -w (y log mu + (1 - y) log(1 - mu)), mu = 1 / (1 + exp(-eta)). */
    static Family binomial() {
        return new Binomial();
    }

    /** Counts: w (mu - y eta), mu = exp(eta). */
    static Family poisson() {
        return new Poisson();
    }

    /** Survival: minus the log partial likelihood, mu = exp(eta) being the hazard relative to the average row, for
     * which eta is 0. */
    static Family cox(Ties ties) {
        return new Cox(ties);
    }

    /** Classes 0 to classes - 1: -w log mu of the class, mu_k = exp(eta_k) / sum_l exp(eta_l), with coefficients for every class. */
    static Family multinomial(int classes) {
        return new Multinomial(classes);
    }

    /** Numbers with outliers: w (e^2 / 2 if |e| &lt;= delta, else delta (|e| - delta / 2)) with e = y - eta, mu = eta. */
    static Family huber(double delta) {
        return new Huber(delta);
    }

    /** @see #gaussian() */
    record Gaussian() implements Family {
        @Override
        public String toString() {
            return "gaussian";
        }
    }

    /** @see #binomial() */
    record Binomial() implements Family {
        @Override
        public String toString() {
            return "binomial";
        }
    }

    /** @see #poisson() */
    record Poisson() implements Family {
        @Override
        public String toString() {
            return "poisson";
        }
    }

    /** @see #cox */
    record Cox(Ties ties) implements Family {
        public Cox {
            java.util.Objects.requireNonNull(ties);
        }

        @Override
        public String toString() {
            return "cox";
        }
    }

    /** @see #multinomial */
    record Multinomial(int classes) implements Family {
        public Multinomial {
            if (classes < 2) {
                throw new IllegalArgumentException(classes + " classes");
            }
        }

        @Override
        public String toString() {
            return "multinomial";
        }
    }

    /** @see #huber */
    record Huber(double delta) implements Family {
        public Huber {
            if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("delta is " + delta + "; it must be positive");
            }
        }

        @Override
        public String toString() {
            return "huber";
        }
    }
}
