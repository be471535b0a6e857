package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

import org.lanewise.engine.kernels.FmaPeak;

/** Twelve chains in registers: more than latency times throughput of any CPU this runs on. */
public final class VectorFmaChain implements FmaPeak.Chain {
    private static final int CHAINS = 12;

    /** For {@link FmaPeak}. */
    public VectorFmaChain() {}

    @Override
    public int flopsPerRound() {
        return CHAINS * LANES * 2;
    }

    @Override
    public float run(int rounds) {
        FloatVector m = FloatVector.broadcast(F, 0.999f);
        FloatVector c0 = FloatVector.broadcast(F, 1);
        FloatVector c1 = FloatVector.broadcast(F, 2);
        FloatVector c2 = FloatVector.broadcast(F, 3);
        FloatVector c3 = FloatVector.broadcast(F, 4);
        FloatVector c4 = FloatVector.broadcast(F, 5);
        FloatVector c5 = FloatVector.broadcast(F, 6);
        FloatVector c6 = FloatVector.broadcast(F, 7);
        FloatVector c7 = FloatVector.broadcast(F, 8);
        FloatVector c8 = FloatVector.broadcast(F, 9);
        FloatVector c9 = FloatVector.broadcast(F, 10);
        FloatVector c10 = FloatVector.broadcast(F, 11);
        FloatVector c11 = FloatVector.broadcast(F, 12);
        for (int i = 0; i < rounds; i++) {
            c0 = c0.fma(m, m);
            c1 = c1.fma(m, m);
            c2 = c2.fma(m, m);
            c3 = c3.fma(m, m);
            c4 = c4.fma(m, m);
            c5 = c5.fma(m, m);
            c6 = c6.fma(m, m);
            c7 = c7.fma(m, m);
            c8 = c8.fma(m, m);
            c9 = c9.fma(m, m);
            c10 = c10.fma(m, m);
            c11 = c11.fma(m, m);
        }
        FloatVector sum = c0.add(c1).add(c2).add(c3).add(c4).add(c5).add(c6).add(c7).add(c8).add(c9).add(c10).add(c11);
        return sum.reduceLanes(VectorOperators.MAX); // order-free, unlike a sum of lanes
    }
}
