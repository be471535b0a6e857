package org.lanewise.henaw.network;

/**
 * Where everything is in the scratch of a network evaluated on n lanes. Markers and systems take turns in the same place, or,
 * when the activations are to be kept for {@link PackedGradient}, have one each.
 */
final class NetworkAreas {
    /** Weights of the markers, then weighted markers: {@code [p][n]} each. */
    final int weight;
    final int weighted;
    /** Input of one marker's encoder, {@code [2][n]}. */
    final int pair;
    /** Hidden units of the gate, {@code [gate][n]}, and of the individual path, {@code [H][n]}. */
    final int gate;
    final int alone;
    /** Hidden units of each marker's encoder, {@code [E][n]}. */
    final int[] encoded;
    /** Encoded markers, {@code [p][E][n]}. */
    final int tokens;
    /** A system's tokens and their mixtures, {@code [2 k][E][n]}. */
    final int[] system;
    /** Queries {@code [k][E][n]} and shares {@code [k][k][n]} of each system, last those across systems. */
    final int[] query;
    final int[] share;
    /** What the joint layer reads and gives, {@code [joined][n]} and {@code [joint][n]}. */
    final int joined;
    final int joint;
    /** The linear path, {@code [n]}. */
    final int skip;
    /** Size in all. */
    final int end;

    private final int n;
    private int at;

    NetworkAreas(NetworkShape s, int n, boolean kept) {
        this.n = n;
        int p = s.markers();
        int e = s.embed();
        int count = s.systems().size();
        weight = take(p);
        weighted = take(p);
        pair = take(2);
        gate = take(s.gate());
        alone = take(s.hidden());
        encoded = new int[p];
        for (int j = 0; j < p; j++)
            encoded[j] = kept || j == 0 ? take(e) : encoded[0];
        tokens = take(p * e);
        system = new int[count];
        query = new int[count + 1];
        share = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            int k = kept ? i < count ? s.systems().get(i).length : count : s.most();
            if (i < count)
                system[i] = kept || i == 0 ? take(2 * k * e) : system[0];
            query[i] = kept || i == 0 ? take(k * e) : query[0];
            share[i] = kept || i == 0 ? take(k * k) : share[0];
        }
        joined = take(s.joined());
        joint = take(s.joint());
        skip = take(1);
        end = at;
    }

    private int take(int units) {
        int from = at;
        at += units * n;
        return from;
    }
}
