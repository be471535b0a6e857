package org.lanewise.boosting.objective;

import org.lanewise.engine.DoubleMath;

/** Losses of counts and amounts with prediction exp(f). */
final class Regressions {
    private Regressions() {}

    /**
     * exp(f) - y f: gradient exp(f) - y, hessian exp(f + maxDelta), larger than the true one as a guard against steps that
     * overshoot.
     */
    record Poisson(double maxDelta) implements Objective {
        @Override
        public String name() {
            return "poisson";
        }

        @Override
        public Link link() {
            return Link.EXP;
        }

        @Override
        public Bound bind(Target target) {
            Labels.range(target, 0, Double.POSITIVE_INFINITY, true, "poisson");
            double guard = DoubleMath.expClamped(maxDelta);
            return new Mean(target) {
                @Override
                void derivatives(int from, int count, double[] score, float[] gradient, float[] hessian) {
                    for (int i = from; i < from + count; i++) {
                        double e = DoubleMath.expClamped(score[i]);
                        gradient[i] = (float) (weight(i) * (e - label[i]));
                        hessian[i] = (float) (weight(i) * (e * guard));
                    }
                }
            };
        }
    }

    /** f + y exp(-f): gradient 1 - y exp(-f), hessian y exp(-f). */
    record Gamma() implements Objective {
        @Override
        public String name() {
            return "gamma";
        }

        @Override
        public Link link() {
            return Link.EXP;
        }

        @Override
        public Bound bind(Target target) {
            Labels.range(target, 0, Double.POSITIVE_INFINITY, false, "gamma");
            return new Mean(target) {
                @Override
                void derivatives(int from, int count, double[] score, float[] gradient, float[] hessian) {
                    for (int i = from; i < from + count; i++) {
                        double e = label[i] * DoubleMath.expClamped(-score[i]);
                        gradient[i] = (float) (weight(i) * (1 - e));
                        hessian[i] = (float) (weight(i) * e);
                    }
                }
            };
        }
    }

    /**
     * exp((2 - rho) f) / (2 - rho) - y exp((1 - rho) f) / (1 - rho), 1 &lt; rho &lt; 2: between Poisson and gamma, with a
     * positive share of zeros.
     */
    record Tweedie(double rho) implements Objective {
        Tweedie {
            if (!(rho > 1 && rho < 2))
                throw new IllegalArgumentException("tweedie_variance_power must be between 1 and 2: " + rho);
        }

        @Override
        public String name() {
            return "tweedie tweedie_variance_power:" + Numbers.shortest(rho);
        }

        @Override
        public Link link() {
            return Link.EXP;
        }

        @Override
        public Bound bind(Target target) {
            Labels.range(target, 0, Double.POSITIVE_INFINITY, true, "tweedie");
            return new Mean(target) {
                @Override
                void derivatives(int from, int count, double[] score, float[] gradient, float[] hessian) {
                    for (int i = from; i < from + count; i++) {
                        double a = label[i] * DoubleMath.expClamped((1 - rho) * score[i]);
                        double b = DoubleMath.expClamped((2 - rho) * score[i]);
                        gradient[i] = (float) (weight(i) * (b - a));
                        hessian[i] = (float) (weight(i) * ((2 - rho) * b - (1 - rho) * a));
                    }
                }
            };
        }
    }

    /** Starts from the log of the mean. */
    private abstract static class Mean extends Pointwise {
        Mean(Target target) {
            super(target);
        }

        @Override
        public double[] initialScore() {
            return new double[] {StrictMath.log(Math.max(1e-15, weightedMean()))};
        }
    }
}
