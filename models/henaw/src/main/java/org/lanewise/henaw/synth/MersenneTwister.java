package org.lanewise.henaw.synth;

/**
 * The legacy random stream of numpy's {@code RandomState}: MT19937 seeded by {@code init_genrand}, 53-bit doubles and the
 * polar Gaussian that keeps its second value. Only here to replay the published generator; everything else draws from the
 * engine's counter-based {@code Rng}.
 *
 * <p>Source: Matsumoto and Nishimura, ACM TOMACS 8 (1998); numpy's {@code legacy-distributions.c}.
 */
final class MersenneTwister {
    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int next = N;
    private double spare;
    private boolean hasSpare;

    MersenneTwister(int seed) {
        state[0] = seed;
        for (int i = 1; i < N; i++)
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }

    private int nextInt() {
        if (next == N) {
            for (int k = 0; k < N; k++) {
                int y = (state[k] & 0x80000000) | (state[(k + 1) % N] & 0x7fffffff);
                state[k] = state[(k + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
            }
            next = 0;
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    /** Uniform in [0, 1) with 53 bits. */
    double uniform() {
        long high = nextInt() >>> 5;
        long low = nextInt() >>> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /** Standard normal; draws come in pairs and the second waits for the next call. */
    double gaussian() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double x1;
        double x2;
        double r2;
        do {
            x1 = 2 * uniform() - 1;
            x2 = 2 * uniform() - 1;
            r2 = x1 * x1 + x2 * x2;
        } while (r2 >= 1 || r2 == 0);
        double f = StrictMath.sqrt(-2 * StrictMath.log(r2) / r2);
        spare = f * x1;
        hasSpare = true;
        return f * x2;
    }

    /** Standard exponential by inversion. */
    double exponential() {
        return -StrictMath.log(1 - uniform());
    }

    /** One Bernoulli draw the way numpy inverts a binomial with one trial (p at most one half). */
    int bernoulli(double p) {
        double q = 1 - p;
        double none = StrictMath.exp(StrictMath.log(q));
        while (true) {
            double u = uniform();
            if (u <= none)
                return 0;
            // Rounding may leave a sliver above both masses: numpy draws again there.
            if (u - none <= p * none / q)
                return 1;
        }
    }
}
