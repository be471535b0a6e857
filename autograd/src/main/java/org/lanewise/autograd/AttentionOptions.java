package org.lanewise.autograd;

import org.lanewise.engine.Tensor;

/**
 * How {@link Functions#attention} attends.
 *
 * @param heads the number of heads H, which divides the width of queries, keys and values
 * @param causal query t sees keys 0..t only
 * @param keyMask [B, S], zero at the keys (padding) that no query may see; null for none
 * @param bias added to the scores before the softmax, of a shape that broadcasts to [B, H, T, S]; -Infinity forbids; null
 *        for none. It gets no gradient
 * @param dropout the probability of dropping each attention weight
 */
public record AttentionOptions(int heads, boolean causal, Tensor keyMask, Tensor bias, float dropout) {

    public AttentionOptions {
        if (heads < 1) {
            throw new IllegalArgumentException("attention: " + heads + " heads");
        }
    }

    /** Plain attention with this many heads. */
    public static AttentionOptions heads(int heads) {
        return new AttentionOptions(heads, false, null, null, 0f);
    }

    public AttentionOptions withCausal(boolean causal) {
        return new AttentionOptions(heads, causal, keyMask, bias, dropout);
    }

    public AttentionOptions withKeyMask(Tensor keyMask) {
        return new AttentionOptions(heads, causal, keyMask, bias, dropout);
    }

    public AttentionOptions withBias(Tensor bias) {
        return new AttentionOptions(heads, causal, keyMask, bias, dropout);
    }

    public AttentionOptions withDropout(float dropout) {
        return new AttentionOptions(heads, causal, keyMask, bias, dropout);
    }
}
