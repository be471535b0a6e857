package org.lanewise.engine;

import java.util.Arrays;
import java.util.Objects;

/**
 * Random numbers from a counter: Philox 4x32-10 under a key, see {@link Philox}. The same seed gives the same numbers on
 * every machine, for every number of threads and at every state of the JIT.
 *
 * <p>A generator is a key, a stream and a position; the position counts 32-bit words. {@link #stream(long)} and
 * {@link #stream(String)} derive generators whose numbers have nothing to do with each other, and which depend on this
 * generator's key and stream but not on how far it has been used: name them after what they are for, and adding a use
 * somewhere does not change the numbers elsewhere. Bulk methods start at a whole block and give element i word i, so a
 * long fill is shared by threads without a change in its result.
 *
 * <pre>{@code
 * Rng rng = Rng.of(42);
 * Tensor w = rng.stream("init").normal(Tensor.zeros(64, 32), 0, 0.1f);
 * int[] order = rng.stream("epoch").stream(3).permutation(1000);
 * }</pre>
 *
 * <p>One generator belongs to one thread at a time; give others a stream each.
 */
public final class Rng {

    private static final float FLOAT_UNIT = 0x1p-24f;
    private static final double DOUBLE_UNIT = 0x1p-53;
    /** Mixed into the key when streams are derived, so that no stream's counters are those of its children's derivation. */
    private static final long BY_ID = 0x243F6A8885A308D3L;
    private static final long BY_NAME = 0x13198A2E03707344L;

    private final int[] block = new int[Philox.WORDS];
    private long key;
    private long stream;
    private long position;
    /** The number of the block held in {@link #block}, or -1. */
    private long held = -1;

    private Rng(long key, long stream, long position) {
        this.key = key;
        this.stream = stream;
        this.position = position;
    }

    /** Where a generator stands; restoring it continues exactly there. */
    public record State(long key, long stream, long position) {

        public State {
            if (position < 0) throw new IllegalArgumentException("rng state: position " + position + " is negative");
        }

        /** Three hexadecimal numbers, as {@link #parse} reads them. */
        @Override
        public String toString() {
            return Long.toHexString(key) + "-" + Long.toHexString(stream) + "-" + Long.toHexString(position);
        }

        public static State parse(String text) {
            String[] parts = text.split("-");
            try {
                if (parts.length == 3) {
                    return new State(Long.parseUnsignedLong(parts[0], 16), Long.parseUnsignedLong(parts[1], 16),
                            Long.parseUnsignedLong(parts[2], 16));
                }
            } catch (NumberFormatException _) {
                // reported below
            }
            throw new IllegalArgumentException("'" + text + "' is not the state of a random generator");
        }
    }

    /** The generator of a seed. */
    public static Rng of(long seed) { return new Rng(seed, 0, 0); }

    /** The generator that stands where {@code state} was taken. */
    public static Rng of(State state) {
        return new Rng(state.key, state.stream, state.position);
    }

    public State state() { return new State(key, stream, position); }

    /** Modifies this generator: continues where {@code state} was taken. */
    public void restore(State state) {
        key = state.key;
        stream = state.stream;
        position = state.position;
        held = -1;
    }

    /** An independent generator; the same id always gives the same one. */
    public Rng stream(long id) {
        return derive(BY_ID, id);
    }

    /** An independent generator; the same name always gives the same one. */
    public Rng stream(String name) {
        Objects.requireNonNull(name);
        long hash = 0xCBF29CE484222325L; // FNV-1a, 64 bit, over UTF-16 units
        for (int i = 0; i < name.length(); i++) hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        return derive(BY_NAME, hash);
    }

    /** One block under a changed key is a new key and stream: for one parent, different ids never give the same pair. */
    private Rng derive(long domain, long id) {
        int[] words = new int[Philox.WORDS];
        Philox.block(key ^ domain, stream, id, words);
        return new Rng(join(words[0], words[1]), join(words[2], words[3]), 0);
    }

    private static long join(int low, int high) { return low & 0xFFFFFFFFL | (long) high << 32; }

    // --- one number at a time

    /** 32 uniform bits. */
    public int nextInt() {
        long wanted = position >>> 2;
        if (held != wanted) {
            Philox.block(key, stream, wanted, block);
            held = wanted;
        }
        return block[(int) position++ & 3];
    }

    /** 64 uniform bits. */
    public long nextLong() {
        position += position & 1;
        int low = nextInt();
        return join(low, nextInt());
    }

    /** Uniform in 0 .. bound - 1, without bias (Lemire, "Fast random integer generation in an interval", 2019). */
    public int nextInt(int bound) {
        if (bound <= 0) throw new IllegalArgumentException("nextInt: bound " + bound + " is not positive");
        long product = (nextInt() & 0xFFFFFFFFL) * bound;
        if ((product & 0xFFFFFFFFL) < bound) {
            long refused = (1L << 32) % bound;
            while ((product & 0xFFFFFFFFL) < refused) product = (nextInt() & 0xFFFFFFFFL) * bound;
        }
        return (int) (product >>> 32);
    }

    /** Uniform in [0, 1), a multiple of 2^-24. */
    public float nextFloat() { return (nextInt() >>> 8) * FLOAT_UNIT; }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * DOUBLE_UNIT;
    }

    /** Standard normal. */
    public double nextGaussian() {
        return NormalLaw.quantile(((nextLong() >>> 12) + 0.5) * 0x1p-52);
    }

    // --- bulk

    /** Modifies {@code out}: uniform in [lo, hi). */
    public Tensor uniform(Tensor out, float lo, float hi) {
        return fill(out, uniform(lo, hi));
    }

    /** Modifies {@code a[from .. from + n)}: uniform in [lo, hi). */
    public void uniform(float[] a, int from, int n, float lo, float hi) {
        fill(a, from, n, uniform(lo, hi));
    }

    /** Modifies {@code out}: normal with this mean and standard deviation. */
    public Tensor normal(Tensor out, float mean, float deviation) {
        return fill(out, normal(mean, deviation));
    }

    /** Modifies {@code a[from .. from + n)}: normal with this mean and standard deviation. */
    public void normal(float[] a, int from, int n, float mean, float deviation) {
        fill(a, from, n, normal(mean, deviation));
    }

    /** Modifies {@code out}: normal with this mean and standard deviation, given that it lies in lo .. hi. */
    public Tensor truncatedNormal(Tensor out, float mean, float deviation, float lo, float hi) {
        return fill(out, truncated(mean, deviation, lo, hi));
    }

    /** Modifies {@code a[from .. from + n)}: normal with this mean and standard deviation, given that it lies in lo .. hi. */
    public void truncatedNormal(float[] a, int from, int n, float mean, float deviation, float lo, float hi) {
        fill(a, from, n, truncated(mean, deviation, lo, hi));
    }

    /** Modifies {@code out}: {@code value} with probability p, else 0. A dropout mask has p = keep, value = 1 / keep. */
    public Tensor bernoulli(Tensor out, double p, float value) {
        return fill(out, bernoulli(p, value));
    }

    /** Modifies {@code a[from .. from + n)}: {@code value} with probability p, else 0. */
    public void bernoulli(float[] a, int from, int n, double p, float value) {
        fill(a, from, n, bernoulli(p, value));
    }

    /** 0 .. n - 1 in random order. */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) order[i] = i;
        shuffle(order);
        return order;
    }

    /** Modifies {@code a}: every order is equally likely (Fisher-Yates). */
    public void shuffle(int[] a) {
        for (int i = a.length - 1; i > 0; i--) swap(a, i, nextInt(i + 1));
    }

    /** {@code k} different numbers of 0 .. n - 1 in random order. */
    public int[] choice(int n, int k) {
        if (k < 0 || k > n) throw new IllegalArgumentException("choice: " + k + " of " + n + " cannot be different");
        int[] all = new int[n];
        for (int i = 0; i < n; i++) all[i] = i;
        for (int i = 0; i < k; i++) swap(all, i, i + nextInt(n - i));
        return Arrays.copyOf(all, k);
    }

    private static void swap(int[] a, int i, int j) {
        int keep = a[i];
        a[i] = a[j];
        a[j] = keep;
    }

    /** Turns random words into numbers, one each. */
    @FunctionalInterface
    private interface Law {
        void apply(int[] words, float[] out, int at, int n);
    }

    private static Law uniform(float lo, float hi) {
        if (!(lo < hi) || Float.isInfinite(hi - lo)) {
            throw new IllegalArgumentException("uniform: no range " + lo + " .. " + hi);
        }
        float width = hi - lo;
        float last = Math.nextDown(hi); // lo + width * u may round up to hi
        return (words, out, at, n) -> {
            for (int i = 0; i < n; i++) out[at + i] = Math.min(last, lo + width * ((words[i] >>> 8) * FLOAT_UNIT));
        };
    }

    private static Law normal(float mean, float deviation) {
        if (!(deviation >= 0)) throw new IllegalArgumentException("normal: deviation " + deviation);
        return (words, out, at, n) -> {
            double[] q = new double[n];
            double[] z = new double[n];
            for (int i = 0; i < n; i++) q[i] = centred(words[i]);
            NormalLaw.quantiles(q, z, n);
            for (int i = 0; i < n; i++) out[at + i] = (float) (mean + deviation * z[i]);
        };
    }

    /** The middle of one of 2^32 equal parts of (-1/2, 1/2). */
    private static double centred(int word) {
        return (word + 0.5) * 0x1p-32;
    }

    private static Law truncated(float mean, float deviation, float lo, float hi) {
        if (!(deviation > 0) || !(lo < hi)) {
            throw new IllegalArgumentException(
                    "truncatedNormal: deviation " + deviation + ", range " + lo + " .. " + hi);
        }
        double a = ((double) lo - mean) / deviation;
        double b = ((double) hi - mean) / deviation;
        // In the upper tail 1 - cdf has no digits left: mirror it to the lower one.
        boolean mirror = a > 0;
        double from = NormalLaw.cdf(mirror ? -b : a);
        double to = NormalLaw.cdf(mirror ? -a : b);
        if (!(from < to)) {
            throw new IllegalArgumentException(
                    "truncatedNormal: the range " + lo + " .. " + hi + " has no probability");
        }
        double sign = mirror ? -deviation : deviation;
        return (words, out, at, n) -> {
            for (int i = 0; i < n; i++) {
                double z = NormalLaw.quantile(from + (to - from) * (0.5 + centred(words[i])));
                out[at + i] = Math.min(hi, Math.max(lo, (float) (mean + sign * z)));
            }
        };
    }

    private static Law bernoulli(double p, float value) {
        if (!(p >= 0 && p <= 1)) throw new IllegalArgumentException("bernoulli: p = " + p);
        long limit = (long) (p * 0x1p32);
        int bits = Float.floatToRawIntBits(value); // a choice of integers needs no branch
        return (words, out, at, n) -> {
            for (int i = 0; i < n; i++) out[at + i] = Float.intBitsToFloat((words[i] & 0xFFFFFFFFL) < limit ? bits : 0);
        };
    }

    private Tensor fill(Tensor out, Law law) {
        if (out.contiguous) {
            fill(out.data, out.offset, out.numel, law);
            return out;
        }
        float[] values = new float[out.numel];
        fill(values, 0, values.length, law);
        return out.copyFrom(Tensor.of(values, out.shape));
    }

    private void fill(float[] a, int from, int n, Law law) {
        Objects.checkFromIndexSize(from, n, a.length);
        long first = (position + 3) >>> 2;
        position = (first + (n + 3L) / 4) << 2;
        long key = this.key;
        long stream = this.stream;
        Parallel.chunks(n, Parallel.COSTLY, (start, count) -> {
            Philox.Batch batch = new Philox.Batch();
            int[] words = batch.words;
            for (int i = start; i < start + count; i += words.length) {
                batch.fill(key, stream, first + i / Philox.WORDS);
                law.apply(words, a, from + i, Math.min(words.length, start + count - i));
            }
        });
    }
}
