package org.lanewise.tabular.metrics;

/**
 * How probabilities would have to be bent to fit: logit P(y = 1) = intercept + slope * logit(p), by weighted maximum likelihood.
 * A calibrated forecast has intercept 0 and slope 1; a slope below 1 means forecasts too extreme. (Cox 1958.)
 *
 * @param slope
 *            of the joint fit
 * @param intercept
 *            of the joint fit
 * @param inTheLarge
 *            the intercept when the slope is held at 1: above 0 where too little was forecast
 */
public record LogisticCalibration(double slope, double intercept, double inTheLarge) {
    private static final double NEAREST = 1e-12;
    private static final int MOST_STEPS = 100;

    /**
     * @param weights
     *            one per row, or {@code null} for all ones
     *
     * @return NaNs where the outcomes are all equal or the probabilities too few to fit a line
     */
    public static LogisticCalibration of(double[] probability, boolean[] outcome, double[] weights) {
        double[] x = new double[probability.length];
        double[] y = new double[probability.length];
        double[] w = new double[probability.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = logit(probability[i]);
            y[i] = outcome[i] ? 1 : 0;
            w[i] = weights == null ? 1 : weights[i];
        }
        double[] joint = fit(x, y, w, true);
        return new LogisticCalibration(joint[1], joint[0], fit(x, y, w, false)[0]);
    }

    static double logit(double p) {
        double held = Math.clamp(p, NEAREST, 1 - NEAREST);
        return Math.log(held / (1 - held));
    }

    /** Newton's method with halved steps on the deviance, which is convex. */
    private static double[] fit(double[] x, double[] y, double[] w, boolean withSlope) {
        double a = 0;
        double b = 1;
        double loss = loss(x, y, w, a, b);
        for (int step = 0; step < MOST_STEPS; step++) {
            double ga = 0;
            double gb = 0;
            double aa = 0;
            double ab = 0;
            double bb = 0;
            for (int i = 0; i < x.length; i++) {
                double p = 1 / (1 + Math.exp(-a - b * x[i]));
                double g = w[i] * (p - y[i]);
                double h = w[i] * p * (1 - p);
                ga += g;
                gb += g * x[i];
                aa += h;
                ab += h * x[i];
                bb += h * x[i] * x[i];
            }
            double determinant = withSlope ? aa * bb - ab * ab : aa;
            if (!(determinant > 1e-12 * (withSlope ? aa * bb : 1e-12))) {
                return new double[] {Double.NaN, Double.NaN};
            }
            double da = withSlope ? (bb * ga - ab * gb) / determinant : ga / aa;
            double db = withSlope ? (aa * gb - ab * ga) / determinant : 0;
            double scale = 1;
            double next = loss(x, y, w, a - da, b - db);
            while (!(next <= loss + 1e-14 * Math.abs(loss)) && scale > 1e-10) {
                scale /= 2;
                next = loss(x, y, w, a - scale * da, b - scale * db);
            }
            a -= scale * da;
            b -= scale * db;
            loss = next;
            if (Math.abs(da) + Math.abs(db) < 1e-10) {
                return new double[] {a, b};
            }
        }
        return new double[] {Double.NaN, Double.NaN}; // The classes are separable: the best line is infinitely steep.
    }

    private static double loss(double[] x, double[] y, double[] w, double a, double b) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double z = a + b * x[i];
            sum += w[i] * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y[i] * z);
        }
        return sum;
    }
}
