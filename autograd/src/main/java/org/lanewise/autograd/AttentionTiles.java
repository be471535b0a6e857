package org.lanewise.autograd;

import java.util.Arrays;
import org.lanewise.engine.Epilogue;
import org.lanewise.engine.Gemm;
import org.lanewise.engine.Scratch;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/**
 * One attention, cut into tiles of some query rows of one head of one batch entry. A tile's scores fit into the
 * second-level cache. All sizes follow from the shapes, so results do not depend on the number of threads.
 */
final class AttentionTiles {
    /** Scores per tile: 128 KB. */
    private static final int TILE = 1 << 15;
    private static final int MIN_ROWS = 8;
    private static final int TILE_START = 3000;

    private final Rows q;
    private final Rows k;
    private final Rows v;
    private final AttentionOptions options;
    private final Tensor bias;
    private final float[] keyBias;
    private final int firstEntry;
    private final DropoutMask dropout;
    private final int heads;
    private final int entries;
    /** Queries T, keys S, widths of a head in queries and values. */
    private final int queries;
    private final int keys;
    private final int width;
    private final int valueWidth;
    private final int rows;
    private final int tilesPerHead;
    private final float scale;

    AttentionTiles(Tensor q, Tensor k, Tensor v, AttentionOptions options, DropoutMask dropout) {
        this(Rows.of(q), Rows.of(k), Rows.of(v), new Sizes(q, k, v, options.heads()), options,
                bias(options, q.size(0), q.size(1), k.size(1)), keyBias(options), 0, dropout);
    }

    /** @param firstEntry the number in masks and bias of the first batch entry */
    AttentionTiles(Rows q, Rows k, Rows v, Sizes sizes, AttentionOptions options, Tensor bias, float[] keyBias,
            int firstEntry, DropoutMask dropout) {
        this.q = q;
        this.k = k;
        this.v = v;
        this.options = options;
        this.bias = bias;
        this.keyBias = keyBias;
        this.firstEntry = firstEntry;
        this.dropout = dropout;
        heads = options.heads();
        entries = sizes.entries;
        queries = sizes.queries;
        keys = sizes.keys;
        width = sizes.width;
        valueWidth = sizes.valueWidth;
        rows = Math.max(1, Math.min(queries, Math.max(MIN_ROWS, TILE / Math.max(1, keys))));
        tilesPerHead = (queries + rows - 1) / rows;
        scale = (float) (1 / Math.sqrt(width));
    }

    /** Batch entries, queries T, keys S, widths of a head in queries and values. */
    record Sizes(int entries, int queries, int keys, int width, int valueWidth) {
        Sizes(Tensor q, Tensor k, Tensor v, int heads) {
            this(q.size(0), q.size(1), k.size(1), q.size(2) / heads, v.size(2) / heads);
        }
    }

    /** The bias of each batch entry, head, query and key, or null. */
    static Tensor bias(AttentionOptions options, int entries, int queries, int keys) {
        return options.bias() == null ? null : options.bias().expand(entries, options.heads(), queries, keys);
    }

    /** 0 where a key may be seen, else -Infinity; null when all may. */
    static float[] keyBias(AttentionOptions options) {
        if (options.keyMask() == null) return null;
        float[] bias = options.keyMask().toArray();
        for (int i = 0; i < bias.length; i++) bias[i] = bias[i] != 0 ? 0f : Float.NEGATIVE_INFINITY;
        return bias;
    }

    /** A tensor [B, rows, columns] whose columns are neighbours: where its elements are. */
    record Rows(float[] data, int offset, int entryStride, int stride) {
        static Rows of(Tensor t) {
            Tensor rows = t.strides()[2] == 1 || t.size(2) == 1 ? t : t.contiguous();
            return new Rows(rows.data(), rows.offset(), rows.strides()[0], rows.strides()[1]);
        }

        int at(int entry, int row, int column) {
            return offset + entry * entryStride + row * stride + column;
        }
    }

    /** The place of a tile: batch entry, head, first query row, number of rows. */
    private record Tile(int number, int entry, int head, int first, int rows) {
    }

    @FunctionalInterface
    private interface TileWork {
        void run(Tile tile);
    }

    private void forEachTile(TileWork work) {
        int tiles = entries * heads * tilesPerHead;
        Spread.blocks(tiles, Spread.rowsPerTask(cost(rows)), (first, n) -> {
            for (int number = first; number < first + n; number++) work.run(tile(number));
        });
    }

    /** What a tile of so many query rows takes, in element-wise operations: 3 us at 16 x 16, most of it for starting products. */
    private int cost(int rows) {
        return TILE_START + rows * keys;
    }

    /** All tiles of one head in one task: they add to the same keys and values. */
    private void forEachHead(TileWork work) {
        Spread.blocks(entries * heads, Spread.rowsPerTask(cost(queries)), (first, n) -> {
            for (int number = first * tilesPerHead; number < (first + n) * tilesPerHead; number++) {
                work.run(tile(number));
            }
        });
    }

    private Tile tile(int number) {
        int head = number / tilesPerHead;
        int first = number % tilesPerHead * rows;
        return new Tile(number, head / heads, head % heads, first, Math.min(rows, queries - first));
    }

    void forward(Rows out) {
        if (keys == 0 || valueWidth == 0) return;
        forEachTile(tile -> {
            int scores = rows * keys;
            float[] s = Scratch.floats(Scratch.USER_0, 2 * scores + maskRoom() + rows * width);
            int scaled = 2 * scores + maskRoom();
            weights(tile, s, 0, s, scaled);
            if (dropout != null) {
                writeMask(tile, s, scores);
                KernelProvider.get().mul(s, 0, s, scores, s, 0, tile.rows * keys);
            }
            Gemm.multiply(tile.rows, valueWidth, keys, s, 0, keys, 1, v.data,
                    v.at(tile.entry, 0, tile.head * valueWidth), v.stride, 1, out.data,
                    out.at(tile.entry, tile.first, tile.head * valueWidth), out.stride, false, Epilogue.NONE);
        });
    }

    /** The mask is written in whole blocks and may run over the tile's end. */
    private int maskRoom() {
        return dropout == null ? 0 : DropoutMask.BLOCK;
    }

    /** All weights, [B, H, T, S] contiguous. */
    void weights(Tensor out) {
        forEachTile(tile -> {
            float[] scaled = Scratch.floats(Scratch.USER_0, rows * width);
            int at = out.offset() + ((tile.entry * heads + tile.head) * queries + tile.first) * keys;
            weights(tile, out.data(), at, scaled, 0);
        });
    }

    /** Writes the tile's weights to {@code p} and its scaled queries to {@code scaled}. */
    private void weights(Tile tile, float[] p, int po, float[] scaled, int so) {
        Kernels kernels = KernelProvider.get();
        for (int row = 0; row < tile.rows; row++) {
            kernels.mulScalar(q.data, q.at(tile.entry, tile.first + row, tile.head * width), scale, scaled,
                    so + row * width, width);
        }
        Gemm.multiply(tile.rows, keys, width, scaled, so, width, 1, k.data,
                k.at(tile.entry, 0, tile.head * width), 1, k.stride, p, po, keys, false, Epilogue.NONE);
        for (int row = 0; row < tile.rows; row++) {
            int at = po + row * keys;
            int query = tile.first + row;
            int seen = options.causal() ? Math.min(keys, query + 1) : keys;
            if (keyBias != null) kernels.add(p, at, keyBias, (firstEntry + tile.entry) * keys, p, at, seen);
            if (bias != null) addBias(tile, query, p, at, seen);
            kernels.softmax(p, at, p, at, seen);
            if (seen < keys) Arrays.fill(p, at + seen, at + keys, 0f);
        }
    }

    private void addBias(Tile tile, int query, float[] p, int at, int n) {
        int[] strides = bias.strides();
        int from = bias.offset() + (firstEntry + tile.entry) * strides[0] + tile.head * strides[1]
                + query * strides[2];
        for (int i = 0; i < n; i++) p[at + i] += bias.data()[from + i * strides[3]];
    }

    private void writeMask(Tile tile, float[] mask, int at) {
        long[] words = DropoutMask.words();
        int blocks = (rows * keys + DropoutMask.BLOCK - 1) / DropoutMask.BLOCK;
        int used = (tile.rows * keys + DropoutMask.BLOCK - 1) / DropoutMask.BLOCK;
        for (int i = 0; i < used; i++) {
            dropout.write(tile.number * blocks + i, mask, at + i * DropoutMask.BLOCK, words);
        }
    }

    /** Adds to the gradients of queries, keys and values, each null when unwanted. */
    void backward(Tensor gradient, Tensor queryGradient, Tensor keyGradient, Tensor valueGradient) {
        Rows g = Rows.of(gradient);
        Rows dq = queryGradient == null ? null : Rows.of(queryGradient);
        Rows dk = keyGradient == null ? null : Rows.of(keyGradient);
        Rows dv = valueGradient == null ? null : Rows.of(valueGradient);
        if (keys == 0 || valueWidth == 0) return;
        forEachHead(tile -> {
            int scores = rows * keys;
            int mask = 2 * scores;
            int scaled = mask + (dropout == null ? 0 : scores + maskRoom());
            int slope = scaled + rows * width;
            float[] s = Scratch.floats(Scratch.USER_0, slope + rows * width);
            weights(tile, s, 0, s, scaled);
            if (dropout != null) writeMask(tile, s, mask);
            if (dv != null) valueGradient(tile, g, s, scores, mask, dv);
            if (dq == null && dk == null) return;
            scoreGradient(tile, g, s, scores, mask);
            if (dk != null) {
                // dK += dS' (Q scale)
                Gemm.multiply(keys, width, tile.rows, s, scores, 1, keys, s, scaled, width, 1, dk.data,
                        dk.at(tile.entry, 0, tile.head * width), dk.stride, true, Epilogue.NONE);
            }
            if (dq != null) queryGradient(tile, s, scores, slope, dq);
        });
    }

    /** dV += (P * mask)' G. */
    private void valueGradient(Tile tile, Rows g, float[] s, int spare, int mask, Rows dv) {
        int p = 0;
        if (dropout != null) {
            KernelProvider.get().mul(s, 0, s, mask, s, spare, tile.rows * keys);
            p = spare;
        }
        Gemm.multiply(keys, valueWidth, tile.rows, s, p, 1, keys, g.data,
                g.at(tile.entry, tile.first, tile.head * valueWidth), g.stride, 1, dv.data,
                dv.at(tile.entry, 0, tile.head * valueWidth), dv.stride, true, Epilogue.NONE);
    }

    /** dS = softmax derivative of (G V') * mask. */
    private void scoreGradient(Tile tile, Rows g, float[] s, int ds, int mask) {
        Kernels kernels = KernelProvider.get();
        Gemm.multiply(tile.rows, keys, valueWidth, g.data,
                g.at(tile.entry, tile.first, tile.head * valueWidth), g.stride, 1, v.data,
                v.at(tile.entry, 0, tile.head * valueWidth), 1, v.stride, s, ds, keys, false, Epilogue.NONE);
        if (dropout != null) kernels.mul(s, ds, s, mask, s, ds, tile.rows * keys);
        for (int row = 0; row < tile.rows; row++) {
            kernels.softmaxGrad(s, row * keys, s, ds + row * keys, s, ds + row * keys, keys);
        }
    }

    /** dQ += scale dS K. */
    private void queryGradient(Tile tile, float[] s, int ds, int product, Rows dq) {
        Kernels kernels = KernelProvider.get();
        Gemm.multiply(tile.rows, width, keys, s, ds, keys, 1, k.data, k.at(tile.entry, 0, tile.head * width),
                k.stride, 1, s, product, width, false, Epilogue.NONE);
        for (int row = 0; row < tile.rows; row++) {
            kernels.axpy(scale, s, product + row * width, dq.data,
                    dq.at(tile.entry, tile.first + row, tile.head * width), width);
        }
    }
}
