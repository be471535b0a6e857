package org.lanewise.henaw.training;

import org.lanewise.henaw.network.HierarchicalElasticNet;
import org.lanewise.optim.AdamW;
import org.lanewise.optim.Callback;
import org.lanewise.optim.TrainingLoop;

/**
 * After each step of the optimiser, the proximal step of a {@link HierarchicalElasticNet} on one parameter, as long in every
 * coefficient as the optimiser's own (proximal gradient in Adam's metric). Coefficients become exactly zero.
 */
final class ProximalStep implements Callback {
    private final HierarchicalElasticNet net;
    private final AdamW optimizer;
    private final String parameter;
    private final int[] groups;
    private long taken;

    /** @param groups the group of each coefficient of the parameter, -1 for those that are not penalised */
    ProximalStep(HierarchicalElasticNet net, AdamW optimizer, String parameter, int[] groups) {
        this.net = net;
        this.optimizer = optimizer;
        this.parameter = parameter;
        this.groups = groups;
    }

    @Override
    public void onStart(TrainingLoop loop) {
        taken = optimizer.steps();
    }

    @Override
    public void afterStep(TrainingLoop loop) {
        if (optimizer.steps() == taken)
            return; // The batch taught nothing and the optimiser stood still.
        taken = optimizer.steps();
        net.proximal(optimizer.parameters().get(parameter).value().data(), groups, optimizer.stepLengths(parameter));
    }
}
