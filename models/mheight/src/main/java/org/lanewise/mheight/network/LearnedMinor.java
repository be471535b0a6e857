package org.lanewise.mheight.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.engine.Tensor;

/**
 * How near to minors the products are that a {@link SubmatrixNetwork} learned for submatrices of one size s. Each of its d numbers is a
 * sum of s! products of entries, one for each permutation p, with coefficients c_p; it is a multiple of the minor if they are equal but
 * for the permutations' signs.
 *
 * @param size      s
 * @param share     of the weights of all d numbers, in magnitude, that the network gives to the one it gives most
 * @param deviation the largest {@code |sign(p) c_p / c - 1|} of that one, c the mean of {@code sign(p) c_p}: 0 for minors, 1 and
 *                  more for products that have nothing to do with them
 */
public record LearnedMinor(int size, double share, double deviation) {

    /**
     * @param entry    {@code [d, 1]}
     * @param products of each size from 2, {@code [s d, d]}
     * @param weights  of each size from 1, {@code [1, d]}
     */
    static List<LearnedMinor> of(Tensor entry, List<Tensor> products, List<Tensor> weights) {
        int d = entry.numel();
        List<LearnedMinor> out = new ArrayList<>();
        for (int size = 2; size <= weights.size(); size++) {
            double[] first = new double[d];
            for (int c = 0; c < d; c++) first[c] = entry.get(c, 0);
            List<Signed> terms = terms(size, (1 << size) - 1, first, products, new HashMap<>());
            int heaviest = 0;
            double total = 0;
            for (int c = 0; c < d; c++) {
                double weight = Math.abs(weights.get(size - 1).get(0, c));
                total += weight;
                if (weight > Math.abs(weights.get(size - 1).get(0, heaviest))) heaviest = c;
            }
            out.add(new LearnedMinor(size, Math.abs(weights.get(size - 1).get(0, heaviest)) / total,
                    deviation(terms, heaviest)));
        }
        return out;
    }

    private record Signed(double sign, double[] coefficients) {}

    private static double deviation(List<Signed> terms, int channel) {
        double mean = 0;
        for (Signed t : terms) mean += t.sign * t.coefficients[channel] / terms.size();
        double largest = 0;
        for (Signed t : terms) largest = Math.max(largest, Math.abs(t.sign * t.coefficients[channel] - mean));
        return largest / Math.max(Math.abs(mean), Double.MIN_NORMAL);
    }

    /** The products of a submatrix's last rows and the columns of a mask, expanded along its first row. */
    private static List<Signed> terms(int size, int columns, double[] entry, List<Tensor> products,
            Map<Integer, List<Signed>> known) {
        if (size == 1) return List.of(new Signed(1, entry));
        List<Signed> found = known.get(columns);
        if (found != null) return found;
        int d = entry.length;
        Tensor matrices = products.get(size - 2);
        List<Signed> out = new ArrayList<>();
        int t = 0;
        for (int left = columns; left != 0; left &= left - 1, t++)
            for (Signed smaller : terms(size - 1, columns & ~Integer.lowestOneBit(left), entry, products, known)) {
                double[] mixed = new double[d];
                for (int c = 0; c < d; c++)
                    for (int e = 0; e < d; e++) mixed[c] += matrices.get(t * d + c, e) * smaller.coefficients[e];
                out.add(new Signed(t % 2 == 0 ? smaller.sign : -smaller.sign, mixed));
            }
        known.put(columns, out);
        return out;
    }
}
