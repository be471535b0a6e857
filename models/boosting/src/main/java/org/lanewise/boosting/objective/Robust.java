package org.lanewise.boosting.objective;

/** Losses that grow linearly. */
final class Robust {
    private Robust() {}

    /**
     * |f - y| (alpha = .5, times 2) or the pinball loss (1 - alpha) (f - y)+ + alpha (y - f)+, whose minimum is the
     * alpha-quantile. The gradient is a sign, the hessian 1; leaves get the quantile of their rows' residuals.
     *
     * @param absolute whether this is the absolute error
     */
    record Quantile(double alpha, boolean absolute) implements Objective {
        Quantile {
            if (!(alpha > 0 && alpha < 1))
                throw new IllegalArgumentException("alpha must be between 0 and 1: " + alpha);
        }

        @Override
        public String name() {
            return absolute ? "regression_l1" : "quantile alpha:" + Numbers.shortest(alpha);
        }

        @Override
        public Link link() {
            return Link.IDENTITY;
        }

        @Override
        public Bound bind(Target target) {
            float up = (float) (absolute ? 1 : 1 - alpha);
            float down = (float) (absolute ? -1 : -alpha);
            return new Residuals(target, alpha) {
                @Override
                void derivatives(int from, int count, double[] score, float[] gradient, float[] hessian) {
                    for (int i = from; i < from + count; i++) {
                        double d = score[i] - label[i];
                        gradient[i] = (float) (weight(i) * (absolute && d == 0 ? 0 : d >= 0 ? up : down));
                        hessian[i] = (float) weight(i);
                    }
                }

                @Override
                public double[] initialScore() {
                    return new double[] {Percentile.of(label, weight, alpha)};
                }

                @Override
                public boolean renewsLeaves() {
                    return true;
                }
            };
        }
    }

    /** (f - y)^2 / 2 up to |f - y| = delta, then delta (|f - y| - delta / 2): gradient clipped to +-delta, hessian 1. */
    record Huber(double delta) implements Objective {
        Huber {
            if (!(delta > 0)) throw new IllegalArgumentException("huber's alpha must be positive: " + delta);
        }

        @Override
        public String name() {
            return "huber alpha:" + Numbers.shortest(delta);
        }

        @Override
        public Link link() {
            return Link.IDENTITY;
        }

        @Override
        public Bound bind(Target target) {
            return new Residuals(target, 0.5) {
                @Override
                void derivatives(int from, int count, double[] score, float[] gradient, float[] hessian) {
                    for (int i = from; i < from + count; i++) {
                        gradient[i] = (float) (weight(i) * Math.max(-delta, Math.min(delta, score[i] - label[i])));
                        hessian[i] = (float) weight(i);
                    }
                }

                @Override
                public double[] initialScore() {
                    return new double[] {weightedMean()};
                }
            };
        }
    }

    /** Constant hessians, and leaves from quantiles of residuals. */
    private abstract static class Residuals extends Pointwise {
        private final double alpha;

        Residuals(Target target, double alpha) {
            super(target);
            this.alpha = alpha;
        }

        @Override
        public final boolean constantHessian() {
            return weight == null;
        }

        @Override
        public final double leafValue(long[] rows, int from, int to, double[] score) {
            double[] residual = new double[to - from];
            double[] w = weight == null ? null : new double[to - from];
            for (int i = from; i < to; i++) {
                int row = (int) rows[i];
                residual[i - from] = label[row] - score[row];
                if (w != null) w[i - from] = weight[row];
            }
            return Percentile.of(residual, w, alpha);
        }
    }
}
