package org.lanewise.boosting.objective;

import java.util.Arrays;

/**
 * A logistic loss for each class against all others.
 *
 * @param scores the number of classes
 * @param slope  of the scores
 */
record OneVersusAll(int scores, double slope) implements Objective {
    @Override
    public String name() {
        return "multiclassova num_class:" + scores + " sigmoid:" + Numbers.shortest(slope);
    }

    @Override
    public Link link() {
        return new Link(Link.Form.LOGISTIC, slope);
    }

    @Override
    public Bound bind(Target target) {
        int[] label = Labels.classes(target, scores, "one-versus-all");
        Bound[] each = new Bound[scores];
        for (int c = 0; c < scores; c++) {
            int wanted = c;
            double[] is = Arrays.stream(label).mapToDouble(y -> y == wanted ? 1 : 0).toArray();
            Target one = Target.of(is);
            each[c] = new Logistic(slope, false)
                    .bind(target.weighted() ? one.withWeights(Labels.weights(target)) : one);
        }
        return new Each(each, label.length);
    }

    private record Each(Bound[] classes, int rows) implements Bound {
        @Override
        public double[] initialScore() {
            return Arrays.stream(classes).mapToDouble(b -> b.initialScore()[0]).toArray();
        }

        @Override
        public void gradients(double[] score, float[] gradient, float[] hessian) {
            double[] f = new double[rows];
            float[] g = new float[rows];
            float[] h = new float[rows];
            for (int c = 0; c < classes.length; c++) {
                System.arraycopy(score, c * rows, f, 0, rows);
                classes[c].gradients(f, g, h);
                System.arraycopy(g, 0, gradient, c * rows, rows);
                System.arraycopy(h, 0, hessian, c * rows, rows);
            }
        }
    }
}
