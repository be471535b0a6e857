package org.lanewise.boosting.objective;

import org.lanewise.engine.DoubleMath;
import org.lanewise.tabular.BadInputException;

/**
 * Minus the log partial likelihood of Cox's model with Breslow's handling of ties; predictions are hazard ratios exp(f).
 *
 * <p>With r_i = w_i exp(f_i), R(t) the sum of r over rows still at risk at t, and event rows i of weight w_i:
 *
 * <pre>A_i = sum over events j with t_j &lt;= t_i of w_j / R(t_j),   B_i = sum of w_j / R(t_j)^2
 * gradient_i = r_i A_i - w_i [event],   hessian_i = r_i A_i - r_i^2 B_i</pre>
 */
record CoxObjective() implements Objective {
    @Override
    public String name() {
        return "cox";
    }

    @Override
    public Link link() {
        return Link.EXP;
    }

    @Override
    public Bound bind(Target target) {
        Labels.range(target, 0, Double.POSITIVE_INFINITY, true, "cox");
        boolean any = false;
        for (int i = 0; i < target.rows(); i++) any |= target.event(i) && target.weight(i) > 0;
        if (!any) throw new BadInputException("cox needs at least one event");
        return new Rows(target, Ranking.ascending(target.labels(), target.rows()));
    }

    private record Rows(Target target, int[] order) implements Bound {
        @Override
        public double[] initialScore() {
            return new double[1];
        }

        @Override
        public void gradients(double[] score, float[] gradient, float[] hessian) {
            int n = order.length;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) max = Math.max(max, score[i]);
            double[] risk = new double[n];
            double[] atRisk = new double[n + 1]; // from a place in the order on
            for (int at = n - 1; at >= 0; at--) {
                int i = order[at];
                risk[i] = target.weight(i) * DoubleMath.expClamped(score[i] - max);
                atRisk[at] = atRisk[at + 1] + risk[i];
            }
            double a = 0;
            double b = 0;
            for (int from = 0, to; from < n; from = to) {
                double time = target.label(order[from]);
                double events = 0;
                for (to = from; to < n && target.label(order[to]) == time; to++) {
                    events += target.event(order[to]) ? target.weight(order[to]) : 0;
                }
                if (events > 0) {
                    a += events / atRisk[from];
                    b += events / (atRisk[from] * atRisk[from]);
                }
                for (int at = from; at < to; at++) {
                    int i = order[at];
                    gradient[i] = (float) (risk[i] * a - (target.event(i) ? target.weight(i) : 0));
                    hessian[i] = (float) Math.max(0, risk[i] * a - risk[i] * risk[i] * b);
                }
            }
        }
    }
}
