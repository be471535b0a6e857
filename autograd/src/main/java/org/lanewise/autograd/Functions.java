package org.lanewise.autograd;

/** Fused operations: one node each on the tape, with forward and backward passes that keep no more than they need. */
public final class Functions {

    private Functions() {}

    /**
     * Rows of a table: {@code out[i, :] = weight[ids[i], :]}.
     *
     * @param weight [V, E]
     * @param idShape the shape in which the {@code ids} are read; the result is [idShape..., E]
     */
    public static Variable embedding(Variable weight, int[] ids, int... idShape) {
        return Indexing.embedding(weight, -1, ids, idShape);
    }

    /** {@link #embedding(Variable, int[], int...)} in which the row {@code paddingId} gets no gradient. */
    public static Variable paddedEmbedding(Variable weight, int paddingId, int[] ids, int... idShape) {
        return Indexing.embedding(weight, paddingId, ids, idShape);
    }
}
